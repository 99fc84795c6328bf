"""Ukrainian: what commands are called, what is refused and how, and what the bot tells about itself."""

from __future__ import annotations

from bot.wording.catalogue import Sentence

SENTENCES: dict[str, Sentence] = {
    # -- commands and their options, as platforms register them
    "command.fact.name": "факт",
    "command.fact.description": "Знайти сказане: дослівно, хто сказав, коли і де це можна перевірити.",
    "command.fact.query.name": "запит",
    "command.fact.query.description": "Про кого чи про що, або номер: боєприпаси кндр, #17",
    "command.fact.private.name": "приватно",
    "command.fact.private.description": "Відповідь побачите лише ви.",
    "command.about.name": "про-бота",
    "command.about.description": "Що означає «on the record», що зберігає бот, довідка й контакт.",
    "command.find.name": "Знайти факти",
    "command.find.description": "Що зафіксовано про повідомлення.",
    "command.find.text.name": "текст",
    "command.find.text.description": "Текст повідомлення.",
    "command.context.name": "контекст",
    "command.context.description": "Речення навколо цих слів.",
    "command.context.number.name": "номер",
    "command.context.number.description": "Номер факту, наприклад #17",
    "command.evidence.name": "докази",
    "command.evidence.description": "Усе відоме про факт: ланцюг, дати, джерело, перевірки.",
    "command.evidence.number.name": "номер",
    "command.evidence.number.description": "Номер факту, наприклад #17",
    "command.history.name": "історія",
    "command.history.description": "Усі редакції факту.",
    "command.history.number.name": "номер",
    "command.history.number.description": "Номер факту, наприклад #17",
    "command.context.page.name": "сторінка",
    "command.context.page.description": "Котра сторінка, рахуючи від 1.",
    "command.evidence.page.name": "сторінка",
    "command.evidence.page.description": "Котра сторінка, рахуючи від 1.",
    "command.history.page.name": "сторінка",
    "command.history.page.description": "Котра сторінка, рахуючи від 1.",
    "command.more.name": "ще",
    "command.more.description": "Наступний факт, що відповідає запиту.",
    "command.more.page.name": "сторінка",
    "command.more.page.description": "Котрий за порядком, від 1.",
    "command.more.query.name": "запит",
    "command.more.query.description": "Запит.",
    "command.more.private.name": "приватно",
    "command.more.private.description": "Відповідь побачите лише ви.",
    "command.topic.name": "тема",
    "command.topic.description": "Факти теми, лише підписи.",
    "command.topic.topic.name": "тема",
    "command.topic.topic.description": "Тема.",
    # -- buttons
    "button.context": "Контекст",
    "button.evidence": "Докази",
    "button.history": "Історія",
    "button.more": "Ще ({count})",
    "button.back": "Назад",
    "button.go_on": "Далі ({page} з {pages})",
    "button.fact": "Показати #{number}",
    "button.topic": "Відкрити тему",
    "button.topic.named": "Відкрити тему: {topic}",
    # -- requests that cannot be answered
    "refused.unknown_command": "Команди «{command}» немає. Команди: {commands}",
    "refused.missing": "Для «{command}» потрібно вказати: {parameter}. Приклад: {example}",
    "refused.missing.more": "Тут більше фактів немає. Сторінка відповідей на запит: {example}",
    "refused.not_a_number": "«{value}» — не номер факту. Приклад: {example}",
    "refused.too_long": "Це задовгий запит: знаків {length}, а можна щонайбільше {limit}. "
    "Досить кількох слів, наприклад: dprk ammunition",
    "refused.cooldown": {
        "one": "Забагато за такий короткий час, а все це читають люди. Спробуйте ще раз за {count} хвилину.",
        "few": "Забагато за такий короткий час, а все це читають люди. Спробуйте ще раз за {count} хвилини.",
        "many": "Забагато за такий короткий час, а все це читають люди. Спробуйте ще раз за {count} хвилин.",
    },
    "refused.right": "Тут ви не можете вживати «{command}».",
    "refused.right.edit": "«{command}» — для модераторів.",
    "refused.right.edit.matrix": "«{command}» — для модераторів. Хто є ним за рівнем прав у кімнаті перевірки, є ним "
    "там.",
    "example.query": "боєприпаси північної кореї",
    "example.fact": "fact боєприпаси північної кореї",
    "example.find": "find 3,5 мільйона снарядів",
    "example.context": "context 17",
    "example.evidence": "evidence 17",
    "example.history": "history 17",
    "example.more": "more 2 боєприпаси північної кореї",
    "example.topic": "topic dprk-ammunition",
    "example.about": "about",
    # -- what an adapter says by itself
    "error.unexpected": "Тут щось пішло не так. Ті, хто утримує бота, знайдуть це за номером {id}.",
    "error.slow": "Пошук триває довше, ніж звичайно. Спробуйте за мить ще раз.",
    "error.expired": "Ця кнопка застаріла. Запитайте ще раз.",
    "evidence.text": "Текст",
    "evidence.link": "Посилання",
    "page.title": "{title} ({page} з {pages})",
    "card.long": "Там, де […], слова тривають: усі вони в доказах, evidence {number}.",
    "error.command_gone": "Цієї команди більше немає. Введіть /, щоб побачити наявні.",
    "error.not_yours": "Гортати цю відповідь може лише той, хто запитав; ця сторінка тільки для вас.",
    "error.place": "Цей бот не обслуговує цей сервер. Додати його можуть ті, хто утримує бота.",
    "error.room": "Цей бот не обслуговує цю кімнату. Додати її можуть ті, хто утримує бота.",
    # -- about
    "about.title": "On the Record",
    "about.meaning": "Що це означає",
    "about.meaning.value": "«On the record» означає: зафіксовано, що це було сказано, ким, і де це можна перевірити. "
    "Чи правда сказане, бот не оцінює. У лапках стоять лише дослівні слова; виклад, слова з других рук і власні слова "
    "видання показано як те, чим вони є. День подано лише настільки точно, наскільки він відомий. Якщо нічого не "
    "підходить, бот каже, що нічого не зафіксовано.",
    "about.help": "Довідка",
    "about.help.buttons": "Під відповіддю:",
    "about.help.command": "{usage} — {description}",
    "about.kept": "Що зберігаємо",
    "about.kept.value": "Факти, їхні редакції та хто за них відповідає. Яке публічне повідомлення який факт показує, "
    "упродовж 30 днів, щоб виправлення могло дійти й туди. Скільки разів питання лишилося без відповіді; його слова — "
    "від третього разу. Не зберігаємо, хто питав, і питань, на які відповіли. Про тих, хто пропонує, повідомляє про "
    "хиби чи редагує: обліковий запис, поки не натиснуть «Забути мене» в «Мої дані».",
    "about.privacy": "Приватність",
    "about.privacy.value": "Запити забуваються, щойно на них відповіли. Інших повідомлень бот не читає. Щоб щось "
    "вилучити, пишіть на контакт.",
    "about.mode": "Перевірка",
    "about.mode.one": "Тут перевіряє й оприлюднює один редактор; відповіді про це кажуть.",
    "about.mode.two": "За кожним фактом перед показом стоять двоє людей, і одна з них — редактор, що його не писав; "
    "якщо "
    "було інакше, відповідь про це каже.",
    "about.contact": "Контакт",
    "about.contact.none": "Ті, хто утримує цього бота, контакту не вказали.",
    "about.version": "Версія",
    # -- Matrix, which has no buttons
    "matrix.not_private": "У кімнаті відповісти лише вам неможливо. Напишіть боту в окремій зашифрованій кімнаті.",
    "matrix.answered_alone": "Відповідь — у кімнаті, яку бачите лише ви; запрошення до неї вже надіслано.",
    "matrix.reply_here": "Відповідайте тут: {commands}",
    "matrix.question_gone": "Запитання тут уже не вдається прочитати. Будь ласка, поставте його ще раз.",
    "matrix.unreadable": "Одне з повідомлень тут не вдалося прочитати: застосунок відправника не передав ботові ключ. "
    "Якщо це було запитання, надішліть його, будь ласка, ще раз.",
    # -- the console
    "console.welcome": "On the Record {version}. Пишіть, про що йдеться, наприклад: боєприпаси північної кореї. "
    "«about» пояснює, «quit» завершує.",
    "console.desk.welcome": "On the Record {version}, редакційний стіл. «queue» показує, що чекає, «add» починає факт, "
    "«open 17» відкриває його; «quit» завершує.",
    "console.desk.next": "Далі, з onrecord desk попереду: {choices}",
    "console.sheet": "Пишіть після назв полів, збережіть і закрийте. Щоб відмовитися, закрийте без змін.",
    "console.editor": "Редактор «{editor}» не запускається: {why}. Вкажіть інший у EDITOR.",
    "console.unchanged": "Нічого не змінено, тож нічого не надіслано.",
    "console.given_up": "Скасовано; нічого не надіслано.",
    "console.many_lines": "скільки треба рядків; порожній завершує",
    "console.prompt": "> ",
    "console.bye": "До побачення.",
    "console.pick": "Щоб побачити один із них, введіть його номер.",
    "console.picks": "Показати один із них: onrecord {pick}",
    "console.choices": "Далі можна ввести в «onrecord console»: {choices}",
    "console.interrupted": "Щоб завершити, введіть «quit» або натисніть Ctrl-D.",
    "console.not_offered": "Остання відповідь не має «{line}». Вона пропонує: {offered}",
    "console.offers_nothing": "Остання відповідь не має «{line}».",
    "console.no_answer_yet": "Ще немає відповіді, до якої належало б «{line}». Спершу запитайте, наприклад: "
    "боєприпаси північної кореї",
}

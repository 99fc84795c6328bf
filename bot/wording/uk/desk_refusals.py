"""Ukrainian: why the desk says no, in a sentence that says what to do."""

from __future__ import annotations

from bot.wording.catalogue import Sentence

SENTENCES: dict[str, Sentence] = {
    "refused.long": "Це задовго: знаків {length}, а можна щонайбільше {limit}.",
    "refused.console": "Ця консоль лише читає, тож «{command}» не для неї. Щоб пропонувати, перевіряти й виправляти "
    "факти, запустіть: onrecord desk",
    "refusal.since": "Що сталося: {done}",
    "refusal.not_an_editor": "Для цього потрібен модератор. Ви можете пропонувати факти й повідомляти, що не так.",
    "refusal.unknown": "Під номером #{number} нічого немає. Дивіться: mine або desk queue",
    "refusal.no_report": "Скарги {report} на #{number} немає. Дивіться: desk open {number}",
    "refusal.not_now": "Зараз цього зробити не можна: #{number} — {state}.",
    "refusal.own_work": "#{number} — ваше власне: погодитися має хтось інший. Воно чекає в черзі.",
    "refusal.own_report": "Частина #{number} — ваша, тож скарги на нього закриває хтось інший.",
    "refusal.unlinked": "#{number} надійшло з {platforms}, тож ніхто не знає, чи то не ви самі. Спершу введіть: desk "
    "settings, і там під'єднайте свій обліковий запис або засвідчте, що його немає. Тоді схваліть знову.",
    "refusal.already_waits": "Зміна #{number} вже чекає. Спершу вирішіть щодо неї: desk open {number}",
    "refusal.nothing_waits": "На #{number} вже ніщо не чекає, або чекає не те, що ви бачили. Нічого не змінено.",
    "refusal.nothing_there": "Робити нічого: відтоді жодного факту цієї людини не показано.",
    "refusal.nothing_changes": "#{number} вже так і каже; нічого не змінено.",
    "refusal.overtaken": "Тим часом #{number} змінився в тому самому місці. Нічого не змінено; відкрийте й погляньте "
    "знову.",
    "refusal.changed": "Ви бачили редакцію {seen}, а тепер це вже редакція {now}. Нічого не змінено; відкрийте й "
    "погляньте знову.",
    "refusal.not_found": "Слів #{number} у наявному тексті немає. Виправте їх, вставте уривок, де вони є, або скажіть, "
    "чому їх показати без звіряння: {number} unverified …",
    "refusal.no_reason": "Скажіть, будь ласка, чому; причину кожен може прочитати в історії. Нічого не змінено.",
    "refusal.bad_code": "Цей код невідомий, застарілий або ваш власний. Візьміть новий в іншому обліковому записі: "
    "desk settings link",
    "refusal.name_taken": "Під цим іменем відомий хтось інший. Виберіть інше.",
    "refusal.flawed": "#{number} так лишити не можна. {flaws}",
    "refusal.other": "Відмовлено: {why}",
    "refusal.no_draft": "Форми #{number} у вас немає (більше): форми зберігаємо 30 днів. Дивіться: mine. Нову почніть "
    "так: suggest",
    "refusal.many_drafts": "У вас незавершених форм: {count}. Спершу надішліть або викиньте частину: mine",
    # -- fields that cannot be read
    "trouble.missing": "{field}: заповніть, будь ласка.",
    "trouble.no-day": "{field}: «{given}» — не день. Напишіть 2024-11-16, 16 листопада 2024 або лише 2024-11; "
    "лишіть порожнім, якщо невідомо.",
    "trouble.future": "{field}: «{given}» ще не настало.",
    "trouble.two-ways": "{field}: «{given}» можна прочитати двояко. Напишіть так: 2024-11-16.",
    "trouble.no-kind": "{field}: «{given}» не з переліку: direct, mixed, indirect, outlet, caption.",
    "trouble.unknown": "{field}: «{given}» тут немає. Виберіть інше або лишіть це модераторам.",
    "trouble.long": "{field}: {length} знаків забагато; щонайбільше {limit}. Вставте лише абзац із цими словами.",
    # -- what the rules find in a record
    "flaw.other": "Порушено правило: {code}.",
    "flaw.unknown-id": "«{given}» ({kind}) тут немає: виберіть інше або спершу додайте.",
    "flaw.same-fact": "Ті самі слова тієї самої людини з того самого джерела вже зафіксовано як {other}.",
    "flaw.near-duplicate": "Майже ті самі слова вже зафіксовано як {other}.",
    "flaw.untrimmed-text": "Слова починаються чи закінчуються пробілом: почніть і закінчіть словом.",
    "flaw.spans-missing": "У лапках нічого немає: виберіть вид «виклад».",
    "flaw.spans-not-allowed": "Цей вид не має уривків у лапках.",
    "flaw.span-not-quoted": "«{given}» не стоїть у лапках.",
    "flaw.speaker-missing": "Не названо, хто сказав; відповіді про це кажуть.",
    "flaw.speaker-not-allowed": "Де стаття говорить сама, нікого не цитують: лишіть порожнім, хто сказав.",
    "flaw.label-long": "У підписі знаків {length}; телефони показують {limit}.",
    "flaw.quote-long": "У словах знаків {length}; понад {limit} може бути більше, ніж цитата.",
    "flaw.text-long": "У словах знаків {length}: цитуйте щонайбільше {limit}, за потреби кількома фактами.",
    "flaw.no-source": "Цих слів не має жодне джерело.",
    "flaw.single-source": "Лише одне джерело.",
    "flaw.not-quoted": "Ці слова не стоять у лапках в уривку: цитуйте від лапок до лапок або виберіть вид «виклад».",
    "flaw.cut-word": "Слова починаються чи закінчуються посеред слова або числа: цитуйте цілі слова.",
    "flaw.not-found": "Цих слів в уривку немає: скопіюйте їх точно.",
    "flaw.unchecked": "Слова не звірено з текстом.",
    "flaw.line-break": "Усередині є розрив рядка: напишіть одним рядком.",
    "flaw.not-one-quotation": "Лапки всередині не парні: цитуйте від лапок до лапок або виберіть вид із цитованими "
    "уривками.",
    "flaw.future-quote": "{given} — пізніше за день публікації ({published}): виправте одне з двох.",
    "flaw.bounds-reversed": "Найраніший день пізніший за найпізніший.",
    "flaw.date-out-of-bounds": "День {given} поза своїми межами.",
    "flaw.basis-missing": "Джерело дня не вказує: напишіть, на чому він ґрунтується.",
    "flaw.chain-short": "Скажіть, хто сказав і хто опублікував.",
    "flaw.chain-start": "Ланцюг має починатися з того, хто сказав ({given}).",
    "flaw.chain-end": "Ланцюг має закінчуватися видавцем джерела.",
    "flaw.hearsay": "Між тим, хто сказав, і виданням стоїть {given}, тож це з других рук.",
    "flaw.hedge-lost": "У підписі втрачено «{given}».",
    "flaw.url-missing": "Посилання немає; відповіді про це кажуть.",
    "flaw.url-bad": "«{given}» — не вебадреса: напишіть https://… або none.",
    "flaw.url-credentials": "У посиланні є ім'я користувача чи пароль: приберіть цю частину.",
    "flaw.url-shortener": "{given} приховує, куди веде посилання: напишіть адресу самої сторінки.",
    "flaw.url-foreign-letters": "У назві {given} є літери, схожі на інші: перевірте літера за літерою.",
    "flaw.much-of-source": "Факти повторюють {percent} % цього джерела; понад {limit} % може бути не цитатою.",
    "flaw.relates-to-itself": "Факт не може бути пов'язаний сам із собою.",
    "flaw.restates-itself": "Факт не може повторювати сам себе.",
    "flaw.unverified": "Показано, хоч слів не знайдено, і відповіді про це кажуть: {given}",
    "flaw.shared-alias": "Ім'я «{given}» веде також до {other}.",
    "flaw.topic-circle": "Тема {given} містила б сама себе.",
}

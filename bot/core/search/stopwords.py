"""Words that say nothing about a fact: articles and prepositions, and what people wrap around a question.

Each list is written as people type, one language after the other; `bot.core.search.terms.fold` has been applied by
hand (lower case, no apostrophes, ё as е). Comparisons that change a claim ("less", "fewer", "менше") are no stop words.
"""

from __future__ import annotations

from bot.core.search.wordlist import words

_ENGLISH = """
    a an the this that these those it its he him his she her hers they them their theirs we us our ours i me my mine you
    your yours one ones some any all each every both either neither other others another such same own
    and or but if then than so as at by for from in into of off on onto out over under up down to toward towards with
    within without about above after again against along amid among around before behind below between beyond during
    near per since through throughout till until upon via
    is are was were be been being am do does did doing done has have had having will would shall should can could may
    might must isnt arent wasnt werent dont doesnt didnt hasnt havent hadnt wont wouldnt cant couldnt not no nor never
    got gotten im ive id hes shes theyve theyre weve were whats wheres whos hows thats theres lets ill youre
    somebody someone anybody anyone everybody everyone nobody like go goes going gone went come comes coming came
    make makes made making put puts take takes took taken keep keeps let lets per via because due despite although
    while whether though instead once
    there here now just only also too very really actually already ever even still yet almost quite rather perhaps maybe
    least most more much many few lot lots
"""
_ENGLISH_ASKING = """
    who whom whose what which when where why how please pls plz tell show give me find look search get know
    want need thanks thank hey hi hello bot ok okay exactly exact true real
    quote quotes quoted quoting quotation quotations word words statement statements fact facts record records said
    say says saying told tells state stated states claim claimed claims announce announced announces mention mentioned
    mentions remark remarked comment commented comments talk talks talked talking speak speaks spoke spoken emphasize
    emphasized emphasise emphasised stress stressed according regarding concerning re source sources link links
    number numbers amount amounts figure figures count total estimate estimated approximately roughly circa
    yo sup bro dude guys lol lmao omg tbh imo idk btw fyi asap thx ty gimme gotta gonna wanna
    latest recent recently last newest news info information anything something everything thing things
"""
_UKRAINIAN = """
    і й та або чи але що як це цей ця ці той та те ті він його йому ним нього вона її їй нею вони їх їм ними ми нас нам
    ви вас вам я мене мені мій моя свій своя свої сам сама самі усі всі все весь вся кожен
    в у на з із зі до від для по за про при під над між через без після перед серед щодо проти біля крізь
    є був була було були буде будуть бути не ні ж же б би то ось тут там так лише тільки вже ще також дуже навіть
    якщо тому бо адже хоча поки хтось щось якийсь якась разом нині зараз сьогодні
    більше понад щонайменше найменше близько приблизно майже багато
"""
_UKRAINIAN_ASKING = """
    хто кого кому ким чого чому чим який яка яке які якого якої скільки коли де куди звідки навіщо будь ласка
    скажи скажіть покажи покажіть знайди дай дякую привіт сказав сказала сказали каже казав казала говорив говорить
    заявив заявила заявили заявляє заява заяви цитата цитату цитати слова слово факт факти повідомив повідомила згадав
    стверджує стверджував наголосив кількість число останні останній новини
"""
_RUSSIAN = """
    и или но а что как это этот эта эти тот те он его ему им него она ее ей ею они их ими мы нас нам вы вас вам я меня
    мне мой моя свой своя свои сам сама сами все весь вся каждый
    в во на с со из к ко до от для по за о об обо про при под над между через без после перед среди против около
    есть был была было были будет будут быть не ни же ли бы то вот тут там так лишь только уже еще также тоже очень
    если потому ведь хотя пока вместе сейчас сегодня
    даже более больше свыше минимум около примерно почти много
"""
_RUSSIAN_ASKING = """
    кто кого кому кем чего чему чем какой какая какое какие какого сколько когда где куда откуда зачем почему
    пожалуйста скажи скажите покажи покажите найди дай спасибо привет сказал сказала сказали говорит говорил говорила
    заявил заявила заявили заявляет заявление цитата цитату цитаты слова слово факт факты сообщил сообщила упомянул
    утверждает утверждал подчеркнул количество число последние последний новости
"""
# Without the German words that mean something in English ("war", "hat", "die", "den").
_GERMAN = """
    der das dem des ein eine einen einem einer eines und oder aber auch nicht ist sind waren wird wurde wurden
    haben hatte von vom zu zum zur mit nach aus auf bei fur uber im ins am wer wen wem wie viel viele wann wo warum
    welche welcher welches sagte sagt gesagt bitte zitat zitate wegen durch gegen ohne um bis seit zwischen unter
    jemand niemand etwas nichts alles alle diese dieser dieses diesem diesen sein seine seinen ihr ihre ihren er sie es
    ich du wir kann konnen konnte muss mussen soll sollen werden worden gibt gab sich so noch nur schon mal doch denn
    weil dass wenn als ob was wozu woher wohin hallo danke zeig mir uns etwa rund fast mehr weniger mindestens hochstens
    uberhaupt eigentlich aussage aussagen angeblich laut tatsachlich wirklich neueste neuesten letzte letzten aktuell
    wieviel habt hast bin bist seid wieso weshalb sag gib suche such gerade jetzt heute
"""
# German words that are English ones too: they fall only where the rest of a text is German.
GERMAN_ONLY = words("die war hat den man an will was also bald hier in so am art rat log gut fast")
_KOREAN = """
    누가 무엇을 뭐라고 무슨 무엇 뭐 언제 어디 어디서 어느
    얼마나 얼마 몇 왜 어떻게 말했나 말했어 말했다 말한 말했는지 했나 했어
    대해 대해서 대한 관해 관한 인용 발언 알려줘
    알려주세요 보여줘 찾아줘 주세요 최신 최근 현재 지금 있어 있나 있나요 인가요 이야 뭐야 뭔가요 좀
"""

STOP_WORDS = words(
    " ".join(
        (
            _ENGLISH,
            _ENGLISH_ASKING,
            _UKRAINIAN,
            _UKRAINIAN_ASKING,
            _RUSSIAN,
            _RUSSIAN_ASKING,
            _GERMAN,
            _KOREAN,
        )
    )
)

# Particles that Korean writes onto a noun, and counters that follow a number; longest first when they are tried.
KOREAN_ENDINGS = words(
    """
    은 는 이 가 을 를 의 에 에서 에게 께 로 으로 와 과 랑 도 만 까지 부터
    보다 처럼 한테 이나 나 들 들이 들을 들은 들의
    """
)
# Words that only German has: one of them, or an umlaut, and a text is read as German.
GERMAN_MARKS = words(
    """
    der das dem des ein eine einen einem einer eines und oder aber nicht ist sind wird wurde wurden haben hatte von vom
    zum zur mit nach aus auf fur uber ins wie viel viele wann wo warum welche welcher welches sagt sagte gesagt wer
    durch gegen zwischen wegen jemand kein keine bitte im wieviel prozent
    """
)
# What is asked by "how" and such a word is a quantity, not the word: "how long", "wie hoch", "як довго".
HOW = words("how wie як как")
MANY = words("many much viel viele")  # behind "how"
ASKS_MANY = words("скільки сколько wieviel 몇")
_AMOUNTS = words("number amount figure figures count total кількість количество число zahl anzahl 얼마 얼마나")
HOW_MANY = MANY | ASKS_MANY | _AMOUNTS
MEASURES = words(
    """
    long far high tall deep big large wide old young fast often heavy strong hot cold late early soon
    lang lange weit hoch tief gross breit alt schnell oft schwer spat bald
    довго далеко високо глибоко великий велика часто швидко старий
    долго далеко высоко глубоко большой большая часто быстро старый
    """
)
# Half of many names: that one stands in somebody's role says nothing of another.
HALVES = words(
    """
    south north east west new southern northern eastern western південна північна південний північний южная северная
    южный северный sud nord ost west
    """
)
KOREAN_COUNTERS = words(
    """
    발 명 개 톤 대 기 문 년 월 일 마리 척 건 차례 배 회 번 가구 미터 퍼센트 리터 크라운
    킬로미터 헥타르
    """
)
KOREAN_FROM, KOREAN_TO = words("에서 에서의 로부터 으로부터 에게서"), words("로 으로 로의 으로의 에게 한테 에")
KOREAN_HOW_MANY = "몇"

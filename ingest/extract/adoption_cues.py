"""Cues for adoption: words that make a place an adopter, a source, or where an innovation began.

They are matched against the words right before and right after a place's tag, in which innovations stand as "it" and
dates as "then"; GATE and TAKES_UP against small letters (`sentences.lowered`).
"""

from __future__ import annotations

import re

from .discourse import PLACE

#: Verbs by which an innovation is taken up.
DOES = (
    r"(?:adopt\w*|introduc\w+|implement\w*|t(?:ook|ake|akes|aken|aking) (?:(?:it |them |this |that |the \w+ |up the \w+ )?(?:up|over|home|on)|(?:the|this) (?:idea|model|method|practice|approach))|ke(?:pt|eps) (?:on|up)(?: with)?|set(?:s|ting)? (?:it |one |them )?up|establish\w*|launch\w*|"
    r"start(?:ed|s|ing)?(?! again)|beg[au]n(?! again)|begin(?:s|ning)?(?! again)|roll(?:ed|s|ing)? (?:it |them |the \w+ )?out|scal(?:ed|es|ing)\b(?: it| them)?(?:[ -]up)?|replicat\w+|reproduc\w+|adapt(?:ed|s|ing)?|pilot(?:ed|s|ing)?|"
    r"trial(?:l?ed|s|l?ing)?|test(?:ed|s|ing)?|tried(?: it| them| the \w+)?(?: out)?|try(?:ing)?|open(?:ed|s|ing)?|cop(?:ied|y|ies|ying)|import(?:ed|s|ing)?|integrat(?:ed|es|ing)|incorporat\w+|embrac(?:ed|es|ing)|"
    r"institutionali[sz]ed?|rebuil[td]|built|creat(?:ed|es|ing)|deploy(?:ed|s|ing)?|install(?:ed|s|ing)?|inaugurat\w+|applied|apply(?:ing)?|form(?:ed|s|ing)|switch(?:ed|es|ing)? to|(?:gone|went|moved) over to|"
    r"br(?:ought|ing|ings) (?:it |them |the \w+ |\w+ \w+ )?(?:in|into (?:use|it|service)|home|back)(?= |,|\.|$)|put(?:s|ting)? (?:it |them |the \w+ )?(?:in(?:to)? (?:practice|place|use|operation)|up)|"
    r"ma(?:de|ke|kes|king) (?:it |them |the \w+ )?(?:an? |its |their )?(?:national |official |routine )?(?:policy|standard|routine)|written (?:it |them |the \w+ )?into|wrote (?:it |them |the \w+ )?into|enact(?:ed|s)?|localised|localized|emulat\w+|mirror(?:ed|s)|employ(?:ed|s)|engaged|"
    r"printed|rebuilt|modified|added|approv(?:ed|es)(?= (?:a|an|the|its) (?:[\w-]+ ){0,4}(?:protocol|guidelines?|policy|law|curriculum|standard|scheme|register|code)\b)|train(?:ed|s)?(?= (?:[\w-]+ ){0,3}(?:volunteers|midwives|nurses|health workers|workers|teachers|mothers|aides|agents) to\b)|rewr(?:itten|ote)|t(?:ook|ake|akes|aken|aking) (?:back|away)|prepared (?:its|their) (?:own|first)|scale-?up|reworked|hired|appointed|abolish(?:ed|es)|scrapped|translated|launched|picked (?:it |the \w+ )?up|made (?:its|their) own|recruit(?:ed|s)|(?:is|are|was|were) (?:modell?ed|based|patterned) (?:up)?on|borrow(?:ed|s)|done so|redesign(?:ed|s)|shar(?:e|ed) one|abandon(?:ed|s)?|discontinued|dropped|gave (?:it )?up|given up)"
)
#: Verbs that say what is so: they tell of an adoption only beside a word for change or a source.
IS = r"(?:us(?:es|ed|ing|e)\b|runs?|ran\b|running|operat(?:es|ed|ing)|practis(?:es|ed|ing)|practic(?:es|ed|ing)|offer(?:s|ed|ing)?|deliver(?:s|ed)|prescrib(?:es|ed)|ha(?:s|ve|d) (?:had |run |used |offered )|in use|exists?|enjoys?|available|standard|routine|depend(?:s|ed) on|in place)"
#: Verbs by which an innovation itself moves.
COMES = r"(?:spread|reach(?:ed|es)|arriv(?:ed|es)|crossed|went live|took root|found its way|made its way|opened|began|started|is running|has been running|appeared)"
REFUSES = r"(?:nothing (?:has |had )?c[ao]me of|did nothing|(?:did|has|have|had|does)(?: not|n['’]t)(?: yet)?(?=\s*(?:[.;,]|$))|thinking (?:of|about)|thought (?:of|about)|weigh(?:s|ed|ing)|toy(?:s|ed|ing) with|look(?:s|ed|ing) into|opted (?:out|not|against)|chose not|shelved|ruled (?:it |this |the \w+ )?out|interested in|(?:is|are|be) interested|train(?= (?:[\w-]+ ){0,3}(?:agents|workers|volunteers|midwives|nurses|imams|leaders|staff|doctors|providers|mothers|teachers|supervisors)\b)|refus(?:ed|es)|vetoed|unconvinced|without (?:it|one|them)|shied away|follow(?:ed|ing)?(?: suit)?|decided against|turned (?:it |this |them |the \w+ )?down|voted against|reject(?:ed|s)?|declin(?:ed|es)|consider(?:ed|s|ing)?|explor(?:ed|es|ing)|yet to|see no need|want(?:s|ed)? to)"
LEARNT = r"(?:learn(?:ed|t|s|ing)?|borrow\w*|cop(?:ied|ying|ies)|adapt(?:ed|s|ing|ation)?|adopt(?:ed|s|ing)?|import(?:ed|s|ing)?|took|taken|drew|drawn|derived|inherited|transferred|brought|introduc(?:ed|tion)|carried|came|received|transplanted|replicat\w+|picked (?:it |this |the \w+ )?up|got|spread|travell?ed|moved|exported|diffused|lessons|inspiration|heard|hearing)"
TEACHES = (
    r"(?:taught|teach(?:es|ing)?|trained|coach(?:ed|es)|mentor(?:ed|s)|advis(?:ed|es)|help(?:ed|s)|assist(?:ed|s)|support(?:ed|s)|export(?:ed|s)|passed (?:it |the \w+ )?on|transferred|show(?:ed|s|n)|inspir(?:ed|es)|"
    r"shar(?:ed|es) (?:its|their|the)|brought|carried|took (?:it|them|the \w+) to|provided (?:technical|training|guidance)|sent (?:its )?(?:trainers|experts|mentors|advisers|midwives|nurses|doctors|teams? to (?:train|teach))|demonstrated|transmitted|handed (?:it |them |the \w+ )?(?:on|over|down)|lent|guided)"
)
MODAL = r"(?:which |who |that |has |have |had |then |later |also |first |subsequently |soon |now |since |already |recently |finally |eventually |in turn |successfully |never |not |n['’]t |did |does |do |yet to |was |were |is |are |been |being |will |would |could |should |may |might |can |must |plans? to |planned to |intends? to |hopes? to |wants? to |agreed to |expects? to |aims? to |began to |started to |decided to |decided not to |declined to |refused to |failed to |committed to |preparing to |prepared to |is to |are to |about to |expected to |due to |scheduled to |no longer |still |too |both |each |all |itself |accordingly |therefore |so |like to )*"
_AFTER = r"^(?:['’]s?)?\)?(?:\s*\([^)<]*\))?(?:,|\s*[-–—:])?\s+"

SOURCE_AFTER = re.compile(
    rf"{_AFTER}(?:[\w’'-]+ ){{0,4}}?{MODAL}(?<!was )(?<!were )(?<!been )(?<!is )(?<!are )(?<!being ){TEACHES}\b(?! (?:by|from|back|in|home|into use)\b)",
    re.IGNORECASE,
)
ADOPTER_AFTER = re.compile(
    rf"^(?:['’]s? (?:[\w-]+ ){{0,4}}?)?(?:\s*\([^)<]*\))?,?\s+(?:[\w’'-]+ ){{0,3}}?{MODAL}(?:{DOES}|{IS}|{REFUSES}|(?:got|took)(?= (?:the|its|it|this)\b[^<;]{{0,60}}\bfrom\b)|(?:learn(?:ed|t|s)?|heard)(?= [^<;]{{0,60}}\bfrom\b)|drew|looked to|borrowed|received|inspired by|modell?ed)(?!\w)(?! by\b)(?! as (?:the )?host)",
    re.IGNORECASE,
)
PASSIVE_AFTER = re.compile(
    r"^(?:['’]s?)?(?: [\w-]+){0,4} (?:was|were|had been|has been|have been|are|is|be) (?:[\w-]+ )?(?:taught|trained|coached|mentored|helped|inspired|advised|assisted|supported|shown)\b",
    re.IGNORECASE,
)
#: "the Peruvian pattern", "Nepal's experience".
MODEL_AFTER = re.compile(
    r"^(?:['’]s?)?(?: [\w-]+){0,2}? (?:models?|patterns?|approach(?:es)?|examples?|experiences?|lines|programmes?|programs?|schemes?|versions?|methods?|lead|originals?|designs?|posts|pioneers)\b",
    re.IGNORECASE,
)
MODELLED = re.compile(
    r"\b(?:on|along|after|following|followed|like|upon|by|from|of|copied|copying|emulat\w+|replicat\w+|adapt\w+|adopt\w+|mirror\w+|used?|using|as (?:in|with)|introduc\w+|imitat\w+|reject\w*|declin\w+|consider\w*|weigh\w*|refus\w+|turned down|on the basis of)(?: (?:the|a|an|what was|what is|essentially|largely|similar|same))*\s*$",
    re.IGNORECASE,
)
_LINKING = r"(?: (?:the|those|ones|that|what|a|an|its|their|his|her|both|similar|same|original|successful|of|in|with|by|at|experience|experiences|work|model|approach|programme|program|scheme|example|version|practice|counterparts|colleagues|teams?|nurses|doctors|midwives|experts|visitors|hosts?|peers|partners|lessons|from|staff|own|neighbouring|visiting|technicians|advisers|trainers|mentors|supervisors))*\s*$"
SOURCE_BEFORE = re.compile(
    rf"(?:\b{LEARNT}\b[^<;]{{0,70}}\bfrom(?: (?:a|an|the|its|their))?(?: (?!by (?:\w+ )?(?:hospitals?|clinics?|cent(?:re|er)s?|units?|districts?|cities|schools|wards?|provinces|services|ministr\w+)\b)[\w’'-]+){{0,5}}?(?: (?:in|of|by|at))?|\b(?:inspired by|modell?ed (?:up)?on|based (?:up)?on|patterned (?:after|on)|drawing (?:up)?on|drew (?:up)?on|building on|looked to|"
    r"following the (?:example|lead|model) of|(?:after|following|since|from|thanks to|result of) (?:a |an |the |its |their |his |her )?(?:[\w-]+ ){0,3}?(?:visit|tour|trip|exchange|placement|visiting|seeing|observing|touring|stay|fellowship)s?(?: (?:to|in|with|of|at))?|"
    r"(?:taught|trained|shown|coached|mentored|advised|guided)\b[^<;]{0,40}?\bby|(?:was|were|been|being) (?:trained|taught) (?:for [\w ]{1,20} )?(?:in|at)|(?:after|following|since|from|by) (?:a |an |the |two |three |several )?(?:[\w-]+ )?(?:talks?|lectures?|presentations?|demonstrations?|training|courses?|sessions?|workshops?|webinars?|briefings?|lessons|advice|calls?|mentoring|coaching) (?:given |held |led |run )?(?:by|from|with|in|at)|(?:led|championed) by [\w ]{0,20}trained (?:in|at)|"
    r"\b(?:now (?:uses?|runs?|offers?)|(?:has|have|had) taken (?:up|on|over)|took (?:up|on|over))\b[^<;]{{0,50}}\bfrom|learning from|lessons (?:from|learned in|learnt in)|(?:brought|carried|introduced|taken|exported|transferred|passed on|shared|conveyed|imported|demonstrated|shown) (?:there |home |over |here |to (?:it|them) )?by(?: (?:[\w-]+ ){0,4}(?:from|of|at))?|credited to|owed? (?:it )?to|"
    r"inspiration (?:from|in)|idea (?:from|in)|(?<!was )(?<!were )(?<!been )(?<!being )copied(?! by| in| at)|copying|\blike (?:the (?:one|ones)|those)(?: [\w-]+){0,3}? (?:in|at|of)|\bit was from|(?:after|having|by) (?:first )?(?:seeing|observing|visiting|watching|studying|touring|attending|training|working|shadowing)(?: [\w-]+){0,5}? (?:in|at)|who (?:had )?(?:once |first |previously )?(?:trained|studied|learn(?:ed|t)|seen (?:it|the \w+)) (?:there |as [\w ]+ )?(?:in|at)|(?:seen|saw|encountered|picked up|learn(?:ed|t)|knew|discovered|observed)\b(?: (?:it|them|the|this|that|what|[\w-]+)){0,5}? (?:in|at|on|while (?:in|at)|from)|"
    r"in (?:the )?light of what(?: the)?|(?:on|at) the (?:advice|suggestion|prompting) of|witnessed in|as (?:practised|done|used|seen|run|operated|applied|implemented|known|offered) (?:in|at|by)|(?:visited|(?<!the )(?<!a )(?<!two )visiting)|custom of|worked with (?:it |them |the \w+ )?(?:at|in)|(?:home|back) from|return(?:ed|ing) from|(?:lent|seconded|sent) by|thanks to (?:training|mentoring) (?:by|from|in)|of the kind (?:seen|used|run) (?:in|at|by)|(?:was|were|been) shown\b[^<;]{0,60}? (?:in|at)|(?:like (?:that|those|the ones?)|such as (?:that|those)) (?:seen|in use|used|run) (?:in|at|by)|demonstrated (?:by|in|at)|(?:translated|translation) from))"
    rf"{_LINKING}",
    re.IGNORECASE,
)
#: Help that says from whom only where the helper is a country or its people, not a funder.
HELP_BEFORE = re.compile(
    rf"\b(?:help|guidance|assistance|advice|training|mentoring|coaching|trainers|mentors|experts|tutors|coaches|technicians|advisers|specialists|support|supported|helped|assisted|set up|run|led|staffed)\b[^<;]{{0,12}}?(?: (?:from|of|by))?{_LINKING}",
    re.IGNORECASE,
)
#: What is paid for is not thereby learned.
MONEY = re.compile(
    r"\b(?:money|funds?|funding|grants?|financ\w+|paid|sponsor\w*|donat\w+|supplies|bought|purchased|loan)\b",
    re.IGNORECASE,
)
FROM = re.compile(r"\bfrom(?: the)?\s*$", re.IGNORECASE)
MOVES = re.compile(
    r"\b(?:spread|travell?ed|transferred|moved|exported|carried|brought|taken|took|diffused|introduced|passed|crossed|migrated|found its way|made its way|came|went|jumped|journey(?:ed)?|transfer|diffusion|adaptation|spreading)\b",
    re.IGNORECASE,
)
_SITES = r"(?: (?:the|a|an|its|their|his|her|both|rural|urban|all|parts of|several|some|two|three|four|five|six|seven|eight|nine|ten|\d+|hospitals?|clinics?|districts|sites|nurses|midwives|doctors|staff|teams|colleagues|health|workers|officials|trainers|counterparts|facilities|centres|schools|from|of|in|at|areas|villages|cities|provinces|regions|counties|and|neighbouring|nearby|other|one|many|most|first|capital|wards?|public|own|more than|over|as far as|townships|kebeles|parishes|communes|communities|service|unit|department))*\s*$"
#: People who travel carry nothing by that alone.
PEOPLE_MOVE = re.compile(
    r"(?:\b(?:we|teams?|delegations?|nurses|doctors|officials|midwives|managers|participants|delegates|members|visitors|volunteers|fellows|students|experts|staff|who|they)\b|<[VW]\d+>)[^<;.]{0,40}\b(?:travell?ed|came|went|moved|flew|crossed|journeyed)\b",
    re.IGNORECASE,
)
ADOPTER_BEFORE = re.compile(
    rf"(?:\b(?:{DOES}|in use|now used|is used|are used|being used|spread|taken|brought|took (?:it|them|the \w+)|exported|transferred|carried|extended|expanded|found its way|made its way|uptake|adoption|adaptation|introduction|replication|rollout|roll-out|implementation|pilot|trial|scheme|clinics?|now|running|operating|licensed|standard|routine|policy|offered|practised|available|similar \w+|went live|opened|scaled|like it|under way|written)\b[^<;.]{{0,60}}?"
    r"\b(?:to|into|in|at|by|across|within|throughout|over to|on to|for)|\b(?:taught|trained|coached|mentored|helped|inspired|advised|showed|train|teach|help)(?: (?:the|its|their|local|\d+|\w+ in|\w+ of))?|\b(?:then|and|onward|onwards|later|and then|further|before reaching) (?:on )?(?:to|in|by|into)|\binspir(?:ed|ing) (?:a |an |the )?(?:[\w-]+ ){0,4}(?:in|across))"
    rf"{_SITES}",
    re.IGNORECASE,
)
#: "it travelled to", "the idea reached": only where something and nobody moves.
COMES_BEFORE = re.compile(
    rf"(?:\bit|\bidea|\bmodel|\bmethod|\bapproach|\bpractice|\bprogramme|\btechnique|\bscheme|\binnovation|\bconcept|\bdevice)\b[^<;.]{{0,40}}?\b(?:reach(?:ed|es)|(?:travell?ed|came|went|moved|crossed|arrived|migrated|jumped)\b[^<;.]{{0,40}}?\b(?:to|into|in|at|over to|on to)){_SITES}",
    re.IGNORECASE,
)
#: "Mozambique's groups have been copied by", "the Cuban programme was replicated in".
TAKEN_FROM = re.compile(
    r"^(?:['’]s?)?(?! (?:[\w-]+ )?(?:teams?|delegations?|nurses|midwives|doctors|officials|managers|participants|delegates|members|visitors|volunteers|fellows|staff|students|experts|ministry|government)\b)(?: [\w’'-]+){1,7}?(?: \([^)]{2,40}\))?(?:, [^,;<]{3,90},)? (?:was|were|has been|have been|had been) (?:\w+ )?(?:replicated|copied|adopted|borrowed|imported|taken up|exported|brought|emulated|imitated|reproduced|adapted|transplanted|transferred|written into|picked up|taken (?:over|on)|tried|piloted|sent|lent|passed on|handed on|set up|started|introduced|running)\b|^(?:['’]s?)?(?: [\w-]+){1,5}? (?:is|are) (?:still |now |also )?(?:in use|used|followed)\b",
    re.IGNORECASE,
)
DERIVED = re.compile(
    r"\b(?:inspired|taught|trained|brought|exported|transferred|learn(?:ed|t) from|modell?ed|based on|cop(?:ied|y|ies)|borrowed|imported|adapted|translated|locali[sz]ed|licensed)\b",
    re.IGNORECASE,
)
ORIGIN_BEFORE = re.compile(
    r"\b(?:originat\w+|worked out|thought up|dream(?:ed|t) up|put together|first (?:seen|reported|conceived|made|run|offered)|developed|development|invent(?:ed|ion)|pioneer(?:ed|s)|devised|created|conceived|born|designed|founded|(?:was |were |is |are )?first (?:used|developed|introduced|described|established|tried|tested|set up|launched|started|practised|opened|implemented|piloted|tried out)|began life|beginnings|roots|origins?|birthplace|home-?grown|grew up|grew out of|innovation|which (?:began|started)|brainchild|, (?:begun|started)|(?:it|that|and) (?:began|begun|started))\b[^<;.]{0,60}?\b(?:in|by|at|from|of)(?: [a-z][\w’'-]*){0,6} ?$",
    re.IGNORECASE,
)
ORIGIN_AFTER = re.compile(
    r"^(?:['’]s?)?(?: [\w’'-]+){0,4}? (?:pioneered|invented|developed|devised|originated|conceived|came up with)\b|^ ?-(?:born|invented|designed|made|developed)\b|^, where (?:the )?[\w-]+(?: [\w-]+)? (?:had been|was|were|has been) (?:first )?(?:designed|developed|invented|devised|pioneered|created)\b|^ (?:invention|innovation)\b",
    re.IGNORECASE,
)
OWNER_AFTER = re.compile(
    r"^(?:['’]s?|['’])?(?: (?!and |or |has |have |had |in |to |from |with |was |were |is |are |which |that |where |adopt|introduc|implement|learn|us|plan|visit|team|deleg|offic|nurs|doct|govern|minis|hospital)[\w’'-]+){0,3} <I\d+>",
    re.IGNORECASE,
)
LINK = re.compile(
    r"^(?:['’]s?)?(?:\s*\([^)<]*\)|\s*<D\d+>|\s*\(<D\d+>\)|,? in <D\d+>)?(?:,? and,? (?:more recently|most recently|later|then|also|lately),?(?: in| to)?|, and(?: then| later)?(?: in| to)?|, as well as|,| and(?: then| later)?(?: in| to| on to| from)?| &| or| nor| et| y| e)(?: from| of| in| the| to)?\s*$",
    re.IGNORECASE,
)
CHAIN = re.compile(r"\b(?:then|later|from there|onwards?|in turn|and on|subsequently|before)\b", re.IGNORECASE)
ANAPHORA = re.compile(
    r"\b(?:the|this|that|its|their|these|such|similar|both) (?:\w+ )?(?:models?|approach(?:es)?|programmes?|programs?|methods?|practices?|idea|innovation|schemes?|tools?|devices?|technique|intervention|services?|system|bench(?:es)?|strategy|checklist|concept|guide|app|groups?|clubs?|protocol|package|pilot|bank|unit|gel|cadre|mesh|drills?|guidelines?|format|posts?|sets)\b|\b(?:a|an|one|two|three|four|several|own|new|second) (?:\w+ )?(?:pilots?|trials?|similar [\w-]+|schemes?|versions?|sites?)\b|\b(?:it|them|they|one|so)\b|\bthe same\b|>['’]s,|\b(?:of )?(?:this|the same) kind\b|\b(?:any|some|no)thing (?:of the (?:kind|sort)|like it|similar)\b|\beither\b",
    re.IGNORECASE,
)
RETURN = re.compile(
    rf"\b(?:(?:on|upon|after) (?:their |our |his |her |its )?(?:return|coming (?:back|home)|returning|getting (?:back|home))|(?:since|after|upon|following|inspired by) (?:{PLACE} )?(?:their|our|his|her|its|the|this|that|{PLACE}) (?:second |first |study |exchange |learning )?(?:return|visit|tour|trip|exchange|stay|placement|study tour|mission)|"
    rf"back (?:home|at home|in)|at home|(?:when|once|as soon as|after) (?:they|we|she|he|{PLACE}) (?:got|came|were|was|had|returned|went|arrived)(?: come| been)? ?(?:back|home)?|(?:they|we|{PLACE}) (?:have|had|has) (?:since|now)|has since|have since|since (?:returning|coming)|"
    rf"within (?:\w+ ){{1,3}}(?:of|after) (?:the |their |our |that )?(?:\w+ )?(?:return|visit|tour|trip|exchange)|inspired by (?:what|the visit|their)|what (?:they|we|{PLACE}) (?:saw|had seen|had learn\w+|learn\w+)|took home|brought (?:back|home)|(?:days|weeks|months|years?) (?:later|after(?:wards)?)|the (?:following|next) year|the year after|subsequently|as a result|afterwards|then|returned|went home|"
    r"(?:team|delegation|participants|delegates|visitors|officials|managers|nurses)[^<;.]{0,20} (?:has|have) since|led to|came (?:back|home|away)|like (?:those|the one|one|it)|de retour|à leur retour|a su regreso|no regresso|na volta|au retour)\b",
    re.IGNORECASE,
)
#: What shows that partners learn from one another, not merely work side by side.
LEARNED_THERE = re.compile(
    r"\b(?:placements?|return\w*|seen|saw|learn\w+|picked (?:it )?up|visit\w*|brought|took home|exchange|counterparts|worked with|custom|borrowed|copied|from|shown|taught|inspired|idea|like (?:those|the one|one)|theirs)\b",
    re.IGNORECASE,
)
TAKES_UP = re.compile(rf"(?<![\w-])(?P<verb>{DOES}|{IS}|{REFUSES})(?![\w-])|(?<![\w-])(?P<comes>{COMES})(?![\w-])")
#: Verbs that carry something to another: their doer is the source where another country takes it.
CARRIES = re.compile(
    r"\b(?:introduc\w+|br(?:ought|ing)|took|carried|export\w+|transferred|establish\w*|set up|start(?:ed)?|launch(?:ed)?|install\w+|open(?:ed)?|taught|trained|built|began)\b",
    re.IGNORECASE,
)
GATE = re.compile(
    rf"(?<![\w-])(?:{DOES}|{COMES}|{REFUSES}|{IS}|model|pattern|idea|now|still|since|today|standard|routine|inspir\w+|learn\w*|taught|train\w*|modell?ed|based on|pioneered|developed|devised|invent\w+|originat\w+|designed|first|born|began|transferred|exported|borrowed|brought|carried|taken|spread|from)(?![\w-])"
)
CHANGED = re.compile(r"\b(?:now|since|later|today|already|then|by|no longer|from|until|still)\b", re.IGNORECASE)

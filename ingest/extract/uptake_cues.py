"""Words that tell of an uptake: verbs of taking up, refusing and teaching, what means a thing named before, a return.

Traits say which of them stand beside a place; the weights say what that means. The verbs are written in small letters.
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
ANAPHORA = re.compile(
    r"\b(?:the|this|that|its|their|these|such|similar|both) (?:\w+ )?(?:models?|approach(?:es)?|programmes?|programs?|methods?|practices?|idea|innovation|schemes?|tools?|devices?|technique|intervention|services?|system|bench(?:es)?|strategy|checklist|concept|guide|app|groups?|clubs?|protocol|package|pilot|bank|unit|gel|cadre|mesh|drills?|guidelines?|format|posts?|sets)\b|\b(?:a|an|one|two|three|four|several|own|new|second) (?:\w+ )?(?:pilots?|trials?|similar [\w-]+|schemes?|versions?|sites?)\b|\b(?:it|them|they|one|so)\b|\bthe same\b|>['’]s,|\b(?:of )?(?:this|the same) kind\b|\b(?:any|some|no)thing (?:of the (?:kind|sort)|like it|similar)\b|\beither\b",
    re.IGNORECASE,
)
_PLACE = PLACE.lower()
#: What tells of a return from a visit, or of a time after it; matched against small letters, as the verbs are.
RETURN = re.compile(
    rf"\b(?=[\w<])(?:(?:on|upon|after) (?:their |our |his |her |its )?(?:return|coming (?:back|home)|returning|getting (?:back|home))|(?:since|after|upon|following|inspired by) (?:{_PLACE} )?(?:their|our|his|her|its|the|this|that|{_PLACE}) (?:second |first |study |exchange |learning )?(?:return|visit|tour|trip|exchange|stay|placement|study tour|mission)|"
    rf"back (?:home|at home|in)|at home|(?:when|once|as soon as|after) (?:they|we|she|he|{_PLACE}) (?:got|came|were|was|had|returned|went|arrived)(?: come| been)? ?(?:back|home)?|(?:they|we|{_PLACE}) (?:have|had|has) (?:since|now)|has since|have since|since (?:returning|coming)|"
    rf"within (?:\w+ ){{1,3}}(?:of|after) (?:the |their |our |that )?(?:\w+ )?(?:return|visit|tour|trip|exchange)|inspired by (?:what|the visit|their)|what (?:they|we|{_PLACE}) (?:saw|had seen|had learn\w+|learn\w+)|took home|brought (?:back|home)|(?:days|weeks|months|years?) (?:later|after(?:wards)?)|the (?:following|next) year|the year after|subsequently|as a result|afterwards|then|returned|went home|"
    r"(?:team|delegation|participants|delegates|visitors|officials|managers|nurses)[^<;.]{0,20} (?:has|have) since|led to|came (?:back|home|away)|like (?:those|the one|one|it)|de retour|à leur retour|a su regreso|no regresso|na volta|au retour)\b"
)

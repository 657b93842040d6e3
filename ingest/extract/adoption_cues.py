"""Cues for adoption: words that make a place an adopter, a source, or where an innovation began."""

from __future__ import annotations

import re

UPTAKE = (
    r"(?:adopt\w*|introduc\w+|implement\w*|took (?:it |them |the \w+ )?up|taken up|take up|takes up|set(?:s|ting)? up|establish\w*|launch\w*|start(?:ed|s|ing)?|"
    r"beg[au]n|roll(?:ed|s|ing)? (?:it |them )?out|scal(?:ed|es|ing)\b(?: it| them)?(?: up)?|replicat\w+|adapt(?:ed|s|ing)?|pilot(?:ed|s|ing)?|trial(?:l?ed|s|l?ing)?|test(?:ed|s|ing)?|open(?:ed|s|ing)?|copied|"
    r"copy|import(?:ed|s|ing)?|us(?:es|ed|ing)\b|runs?|ran\b|run(?:s|ning)?|follow(?:ed|s) suit|integrat\w+|incorporat\w+|embrac\w+|institutionali[sz]ed|rebuilt|created|deployed|"
    r"made (?:it|the \w+) (?:national |official )?(?:policy|standard)|brought (?:it|the \w+) home|practis\w+|practic(?:ed|es)|appl(?:ied|ies)|offer(?:s|ed)?|train(?:ed|s) its|now has|has had|abandon\w+|discontinu\w+|dropped)"
)
LEARNT = r"(?:learn(?:ed|t|s|ing)?|borrow\w*|cop(?:ied|ying|ies)|adapt(?:ed|s|ing)?|adopt(?:ed|s|ing)?|import(?:ed|s|ing)?|took|taken|drew|drawn|derived|inherited|transferred|brought|introduced|carried|came|received|transplanted|replicat\w+|picked (?:it |this |the \w+ )?up|got|spread|travell?ed|moved|exported|diffused)"
TEACHES = (
    r"(?:taught|teach(?:es|ing)?|trained|coach(?:ed|es)|mentor(?:ed|s)|advis(?:ed|es)|help(?:ed|s)|assist(?:ed|s)|support(?:ed|s)|export(?:ed|s)|passed|transferred|show(?:ed|s|n)|inspir(?:ed|es)|"
    r"shar(?:ed|es) (?:its|their|the)|brought|carried|provided (?:technical|training|guidance)|sent (?:its )?(?:trainers|experts|mentors|advisers|midwives|nurses|doctors|teams? to (?:train|teach))|demonstrated|transmitted|handed|lent|guided)"
)
MODAL = r"(?:which |who |that |has |have |had |then |later |also |first |subsequently |soon |now |since |already |recently |finally |eventually |in turn |successfully |never |not |n['’]t |did |does |do |yet to |was |were |is |are |been |being |will |would |could |should |may |might |can |must |plans? to |planned to |intends? to |hopes? to |wants? to |agreed to |expects? to |aims? to |began to |started to |decided to |decided not to |declined to |refused to |failed to |committed to |considering |considered |considers |preparing to |prepared to |is to |are to |about to |expected to |due to |scheduled to |no longer |still |too |both |each |all |itself )*"

SOURCE_AFTER = re.compile(
    rf"^(?:['’]s?)?(?:\s*\([^)<]*\))?,?\s+(?:[\w’'-]+ ){{0,4}}?{MODAL}(?<!was )(?<!were )(?<!been )(?<!is )(?<!are )(?<!being ){TEACHES}\b(?! (?:by|from)\b)",
    re.IGNORECASE,
)
ADOPTER_AFTER = re.compile(
    rf"^(?:['’]s? (?:[\w-]+ ){{0,4}}?)?(?:\s*\([^)<]*\))?,?\s+(?:[\w’'-]+ ){{0,3}}?{MODAL}(?:{UPTAKE}|learn(?:ed|t|s)?|drew|borrowed|received|inspired by|modell?ed)\b(?! by\b)",
    re.IGNORECASE,
)
PASSIVE_AFTER = re.compile(
    r"^(?:['’]s?)?(?: [\w-]+){0,4} (?:was|were|had been|has been|have been) (?:[\w-]+ )?(?:taught|trained|coached|mentored|helped|inspired|advised|shown|assisted|supported)\b",
    re.IGNORECASE,
)
VISITED_AFTER = re.compile(
    r"^(?:['’]s?)?(?: [\w-]+){0,4} (?:visited|travell?ed to|went to|toured|observed|saw)\b", re.IGNORECASE
)

SOURCE_BEFORE = re.compile(
    rf"(?:\b{LEARNT}\b[^<;]{{0,70}}\bfrom(?: (?:a|an|the|its|their))?(?: [\w’'-]+){{0,5}}?(?: (?:in|of|by))?|\b(?:inspired by|modell?ed (?:up)?on|based (?:up)?on|patterned (?:after|on)|drawing (?:up)?on|drew (?:up)?on|building on|"
    r"following the (?:example|lead|model) of|(?:after|following|since) (?:a |an |the |its |their )?(?:[\w-]+ ){0,3}?(?:visit|tour|trip|exchange|placement|visiting|seeing|observing|touring|stay)(?: (?:to|in|with|of))?|"
    r"(?:taught|trained|shown|coached|mentored|advised|guided|supported|assisted|helped)\b[^<;]{0,40}?\bby|(?:help|support|guidance|assistance|advice|training|mentoring|trainers|mentors|experts|tutors|coaches) (?:from|of|by)|"
    r"thanks to|learning from|lessons (?:from|learned in|learnt in)|(?:brought|carried|introduced|taken|exported|transferred|passed on|shared|conveyed|imported) (?:there |home |over |here )?by(?: (?:[\w-]+ ){0,4}(?:from|of))?|credited to|owed? (?:it )?to|"
    r"inspiration (?:from|in)|idea (?:from|in)|emulat\w+|replicat\w+ the|copied|copying|who (?:had )?(?:trained|worked|studied|seen (?:it|the \w+)) in|seen (?:it |the \w+ )?in|witnessed in|observed in|as (?:practised|done|used|seen) in|visit(?:ed|ing))"
    r"(?: (?:the|a|an|its|their|both|similar|same|original|successful|of|in|with|by|experience|experiences|work|model|approach|programme|program|scheme|example|version|practice|counterparts|colleagues|teams?|nurses|doctors|midwives|experts|visitors|hosts?|peers|staff|partners|lessons|experience of|from))*)\s*$",
    re.IGNORECASE,
)
FROM = re.compile(r"\bfrom(?: the)?\s*$", re.IGNORECASE)
MOVES = re.compile(
    r"\b(?:spread|travell?ed|transferred|moved|exported|carried|brought|taken|diffused|introduced|passed|crossed|migrated|found its way|made its way|came|went|jumped|journey(?:ed)?|transfer|diffusion|adaptation|spreading)\b",
    re.IGNORECASE,
)
ADOPTER_BEFORE = re.compile(
    rf"(?:\b(?:{UPTAKE}|spread|taken|brought|introduced|exported|transferred|moved|carried|extended|expanded|reached|reach(?:es)?|arrived|crossed|travell?ed|found its way|made its way|uptake|adoption|adaptation|replication|rollout|roll-out|implementation|pilot|trial|scheme|programme|clinics?|sites?|now|running|operating|found|available|being)\b[^<;.]{{0,60}}?"
    r"\b(?:to|into|in|at|by|across|within|throughout|over to|on to|for)|\breach(?:ed|es|ing)|\b(?:taught|trained|coached|mentored|helped|inspired|advised|supported|assisted|showed|train|teach|help)|\b(?:then|and|onward|onwards|later|and then|further|before reaching) (?:on )?(?:to|in|by|into)|\binspir(?:ed|ing) (?:a |an |the )?(?:[\w-]+ ){0,4}(?:in|across))"
    r"(?: (?:the|a|an|its|both|rural|urban|parts of|several|two|three|four|five|hospitals|clinics|districts|sites|nurses|midwives|doctors|staff|teams|colleagues|health workers|officials|trainers|counterparts|facilities|centres|schools|from|of|in|at|areas|villages|cities|provinces|and|neighbouring|nearby|other|one|ten|six|many|most))*\s*$",
    re.IGNORECASE,
)
ORIGIN_BEFORE = re.compile(
    r"\b(?:originat\w+|develop(?:ed|ment)|invented|pioneered|devised|created|conceived|born|designed|founded|(?:was |were )?first (?:used|developed|introduced|described|established|tried|tested|set up|launched|started|practised|opened|implemented|piloted)|(?:began|started|began life|beginnings|roots|origins?|birthplace)|homegrown|home-grown|invention|innovation)\b[^<;.]{0,50}?\b(?:in|by|at|from)"
    r"(?: (?:the|a|an|two|doctors|nurses|clinicians|paediatricians|researchers|engineers|in|at|of|from|rural|community|health|workers|hospital|surgeons?|psychiatrists?|team|teams|hospitals?|slums?|villages?|city|province))*\s*$",
    re.IGNORECASE,
)
ORIGIN_AFTER = re.compile(
    r"^(?:['’]s?)?(?: [\w’'-]+){0,4}? (?:pioneered|invented|developed|created|devised|originated|designed|conceived|came up with)\b|^ ?-(?:born|invented|designed|made|developed)\b",
    re.IGNORECASE,
)
OWNER_AFTER = re.compile(
    r"^(?:['’]s?|['’])?(?: (?!and |or |has |have |had |in |to |from |with |was |were |is |are |which |that |where |adopt|introduc|implement|learn|us|plan|visit|team|deleg|offic|nurs|doct|govern|minis|hospital)[\w’'-]+){0,3} <I\d+>",
    re.IGNORECASE,
)
LINK = re.compile(
    r"^(?:['’]s?)?(?:\s*\([^)<]*\)|\s*<D\d+>|\s*\(<D\d+>\)|,? in <D\d+>)?(?:, and(?: then)?(?: in| to)?|, as well as|,| and(?: then| later)?(?: in| to| on to| from)?| &| or| et| y| e)(?: from| of| in| the| to)?\s*$",
    re.IGNORECASE,
)
CHAIN = re.compile(r"\b(?:then|later|from there|onwards?|in turn|and on|subsequently|before)\b", re.IGNORECASE)
ANAPHORA = re.compile(
    r"\b(?:the|this|that|its|their|these|such) (?:model|approach|programme|program|method|practice|idea|innovation|scheme|tool|device|technique|intervention|service|system|bench(?:es)?|strategy|checklist|concept|concept|guide|app)\b|\b(?:it|them|they)\b|\bthe same\b",
    re.IGNORECASE,
)

RETURN = re.compile(
    r"\b(?:on (?:their |our |his |her |its )?return|(?:since|after|upon|following) (?:their|our|his|her|its|the) (?:return|visit|tour|trip|exchange|stay|placement|study tour)|"
    r"back (?:home|at home|in)|at home|(?:when|once|as soon as) (?:they|we|she|he) (?:got|came|were|was|returned|went) (?:back|home)|(?:they|we) (?:have|had) (?:since|now)|since returning|"
    r"within (?:\w+ ){1,3}(?:of|after) (?:the |their |our )?(?:return|visit|tour|trip)|inspired by (?:what|the visit|their)|what (?:they|we) (?:saw|had seen)|took home|brought (?:back|home)|"
    r"de retour|à leur retour|a su regreso|no regresso|na volta|au retour)\b",
    re.IGNORECASE,
)
TAKES_UP = re.compile(rf"\b{UPTAKE}\b", re.IGNORECASE)

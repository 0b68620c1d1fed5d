"""Random person-months: few persons who do everything at once. Small Jobcenter, moves, gaps, changes of sex, events without stock."""
import random

COLUMNS = ["person", "berichtsmonat", "traeger", "geschlecht", "geburtsmonat", "elb", "ae", "akt", "integration", "gering", "oeff", "kont", "llu", "luh", "gruppen"]
JOBCENTERS = ["33148", "32702", "31118", "04704"]


def month(index):
    return f"{index // 12:04}-{index % 12 + 1:02}"


def person_key(rng, number):
    kind = number % 7
    if kind == 5:
        return f"P-{number:06}ü"
    if kind == 6:
        return f"0{number}"
    return str(number * 2654435761 % 2**64) if kind == 4 else str(100000 + number)


def rows(seed, persons=60, months=60, calm=0.5):
    """`calm`: share of persons who mostly stay, so that LZB and LZB4 occur."""
    rng = random.Random(seed)
    first = 2015 * 12 + rng.randrange(12)
    made = []
    for number in range(persons):
        key = person_key(rng, number)
        sex = rng.choice("MMMFFFX")
        home = rng.choice(JOBCENTERS)
        steady = rng.random() < calm
        p_in, p_out, p_move = (0.6, 0.03, 0.02) if steady else (rng.random(), rng.random(), rng.random() * 0.3)
        stock = rng.random() < 0.6
        birth = month(first - rng.randrange(15 * 12, 66 * 12)) if rng.random() < 0.8 else ""
        for at in range(first, first + months):
            if rng.random() < (p_out if stock else p_in):
                stock = not stock
            if rng.random() < p_move:
                home = rng.choice(JOBCENTERS)
            if rng.random() < 0.004:
                sex = rng.choice("MFX")
            places = [home] if stock or rng.random() < 0.15 else []
            if rng.random() < 0.05:
                places.append(rng.choice([j for j in JOBCENTERS if j != home]))
            for i, place in enumerate(places):
                kind = rng.choice(["", "", "", "", "", "", "S", "S", "A", "B"]) if rng.random() < 0.3 else ""
                elb = "1" if stock and place == home and i == 0 else "0"
                made.append({
                    "person": key, "berichtsmonat": month(at), "traeger": place, "geschlecht": sex, "geburtsmonat": birth, "elb": elb,
                    "ae": rng.choice(["0", "0", "1", ""]), "akt": rng.choice(["0", "1"]) if rng.random() < 0.3 else "", "integration": kind,
                    "gering": "1" if rng.random() < 0.05 else "0", "oeff": "1" if rng.random() < 0.03 else "0",
                    "kont": rng.choice(["0", "1", ""] if at > first + months - 8 else ["0", "1"]) if kind == "S" else "",
                    "llu": rng.choice(["", "0", "563.00", "449,5", "1204.07", f"{rng.randrange(99999)},{rng.randrange(100):02}"]),
                    "luh": rng.choice(["", "380.00", "412,11"]),
                    "gruppen": rng.choice(["", "", "", "ASYL8", "U25", "ASYL8+U25"]),
                })
    rng.shuffle(made)
    if not any(row["berichtsmonat"] == month(first) for row in made):
        made.append(dict(made[0], person="7", berichtsmonat=month(first), elb="1"))
    return made


def csv_text(made, columns=COLUMNS, separator=";", line_end="\n", bom=False):
    lines = [separator.join(columns)] + [separator.join(row[column] for column in columns) for row in made]
    return ("\ufeff" if bom else "") + line_end.join(lines) + line_end

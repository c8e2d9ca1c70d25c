"""The language as people use it: what each keyword must and must not find."""

import pytest

from papers.keyword import parse
from papers.matching import index
from papers.paper import Paper


def paper(text: str) -> Paper:
    """A paper from a line such as `T: title A: abstract @ author; author # category category`."""
    text, _, categories = text.partition(" #")
    text, _, authors = text.partition(" @")
    title, _, abstract = text.removeprefix("T: ").partition("A: ")
    names = tuple(name.strip() for name in authors.split(";") if name.strip())
    return Paper("2601.00001", title.strip(), abstract, names, tuple(categories.split()))


CASES: list[tuple[str, list[str], list[str]]] = [
    (
        '"object detection"',
        ["T: Object Detection", "A: objects detected here", "A: object-detection"],
        ["A: detection of objects", "T: object A: detection now", "A: object. A detection"],
    ),
    (
        "object detection",
        ["A: detection of objects", "T: object A: detection now"],
        ["A: objects only"],
    ),
    (
        "few-shot",
        ["A: Few Shot", "A: fewshot", "A: few-shot", "A: few–shot", "A: few‑shot", "A: few/shots"],
        ["A: shot a few", "A: few and one-shot", "T: few A: shot"],
    ),
    ("fewshot", ["A: few-shot learning", "A: Few-Shot", "A: fewshot"], ["A: few shot"]),
    (
        "U-Net",
        ["T: UNet", "A: U Nets", "A: u-net++", "A: a 3D-U-Net", "A: UNet-based", "A: U-Net-like"],
        ["A: networks", "A: a net, you say", "T: U A: Net"],
    ),
    ("unet", ["A: UNet", "A: U-Net", "A: U-Net-based", "A: 3D-UNets"], ["A: U Net", "A: net"]),
    ("U-Net-based", ["A: UNet based", "A: U Net based", "A: UNet-based"], ["A: based on UNet"]),
    ("CNN", ["A: CNNs", "T: A CNN-based tracker", "A: cnn"], ["A: cnnx", "A: CN N"]),
    ("cnns", ["A: CNN", "A: CNNs", "A: two cnns"], ["A: CNS"]),
    ("LLMs", ["A: an LLM", "A: llms"], ["A: LM"]),
    ("gpus", ["A: one GPU", "A: GPUs", "A: multi-GPU"], ["A: GP"]),
    ("GPs", ["A: a GP", "A: GPs"], ["A: GPS"]),
    ("gps", ["A: GPS", "A: GPs"], ["A: GP"]),
    ("PDEs", ["A: a PDE", "A: pdes"], ["A: SDE"]),
    ("this", ["A: this"], ["A: thi"]),
    ("C++", ["A: written in C++.", "A: c++ code", "A: C++/Python"], ["A: vitamin C", "A: u-net++"]),
    ("C#", ["A: in C#"], ["A: C", "A: C++"]),
    ("F#", ["A: the language F#."], ["A: F"]),
    (
        "=CLIP",
        ["A: CLIP-like features", "T: CLIP", "A: (CLIP)"],
        ["A: video clip", "A: gradient clipping", "A: CLIPs", "A: Clip"],
    ),
    ("=SAM", ["A: SAM 2", "A: SAM-based"], ["A: Sam", "A: SAMs", "A: sam", "A: S-AM"]),
    ('="Segment Anything"', ["A: Segment Anything"], ["A: segment anything", "A: Segment, it"]),
    ("gan NOT survey", ["A: a GAN"], ["T: GAN A: a survey", "A: survey"]),
    ("gan -survey", ["A: a GAN"], ["T: GAN A: surveys"]),
    ("gan ANDNOT survey", ["A: a GAN"], ["T: GAN A: a survey"]),
    ("gan AND NOT survey", ["A: a GAN"], ["T: GAN A: a survey"]),
    ("gan -(survey OR review)", ["A: a GAN"], ["A: GAN review", "A: GAN survey"]),
    ("gan -(survey review)", ["A: a GAN", "A: GAN survey"], ["A: a review, a survey of GANs"]),
    ("gan -ti:survey", ["T: GAN A: survey"], ["T: GAN survey"]),
    ("vae OR gan NOT survey", ["T: VAE survey", "A: gan"], ["T: GAN survey", "A: survey"]),
    ("vae|gan", ["A: vae", "A: gan"], ["A: van"]),
    ("(vae OR gan) NOT survey", ["T: VAE"], ["T: VAE survey", "T: GAN survey"]),
    ("a OR b c", ["A: a", "A: b c"], ["A: b", "A: c"]),
    (
        "ti:object detection",
        ["T: object A: detection", "T: object detection"],
        ["A: object detection", "T: detection A: object"],
    ),
    ('ti:"object detection"', ["T: Object Detection"], ["T: object A: detection"]),
    ("ti:(object detection)", ["T: detecting objects"], ["T: object A: detection"]),
    (
        'ti:(flow OR "score matching")',
        ["T: Flows", "T: Score Matching"],
        ["A: flow", "T: Matching scores"],
    ),
    ("abs:gan", ["A: gan"], ["T: gan"]),
    ("title:gan abstract:vae", ["T: gan A: vae"], ["T: vae A: gan"]),
    ("ti:seg*", ["T: segmenting"], ["A: segments"]),
    ("ti:=SAM", ["T: SAM"], ["T: Sam A: SAM"]),
    ("stud*", ["A: studies", "A: study"], ["A: sturdy"]),
    ("few*", ["A: few-shot", "A: fewer"], ["A: fe w"]),
    ("fewsh*", ["A: few-shot", "A: fewshots"], ["A: few shot"]),
    ("studies*", ["A: studies"], ["A: study"]),
    ("schrodinger", ["A: Schrödinger", "A: Schro\u0308dinger"], ["A: schroeder"]),
    ("Schrödinger", ["A: schrodinger", "A: SCHRÖDINGER"], ["A: schroeder"]),
    ("frechet", ["A: Fréchet", r"A: Fr\'echet"], ["A: fresh"]),
    ("łukasz", ["A: Lukasz", "A: ŁUKASZ"], ["A: Lucas"]),
    ("strasse", ["A: Straße"], ["A: Strand"]),
    ("fine", ["A: ﬁne"], ["A: find"]),
    ("Erdős", [r"A: Erd\H{o}s graphs", "A: Erdos"], ["A: Erd"]),
    ("segmentation", ["A: seg\u00admentations", "A: seg\u200bmentation"], ["A: seg mentation"]),
    ("kappa", [r"A: $\kappa$", "A: κ-means", "A: ϰ"], ["A: k"]),
    ("κ", ["A: kappa", r"A: $\kappa$"], ["A: k"]),
    ("β-VAE", [r"A: $\beta$-VAE", "A: beta-VAEs", "A: beta VAE"], ["A: VAE"]),
    ("3x3", [r"A: $3\times 3$ kernels", r"A: $3 \times 3$", "A: 3×3", "A: 3x3"], ["A: 3 kernels"]),
    ("88.14", [r"A: \textbf{88.14}\%", "A: 88 14"], ["A: 8814", "A: 14 88"]),
    ("3D", ["A: 3D", "A: 3-D", "A: 3d-aware"], ["A: 3 d"]),
    ("alzheimer", ["A: Alzheimer's disease", "A: Alzheimer’s"], ["A: alz"]),
    ('"alzheimer disease"', ["A: Alzheimer's disease"], ["A: disease of Alzheimer"]),
    ("encoder/decoder", ["A: encoder-decoder", "A: encoder decoders"], ["A: decoder encoder"]),
    ("深度学习", ["A: 基于深度学习的方法"], ["A: 学习深度"]),
    (
        "link",
        ["A: a link"],
        ['A: <a class="link-external" href="https://x.org">this https URL</a>'],
    ),
    ("href", ["A: href"], [r"A: \href{https://example.org/href}{code}"]),
    ("cat:cs.cv gan", ["A: gan # cs.LG cs.CV"], ["A: gan # cs.LG", "A: gan"]),
    (
        "cat:cs",
        ["T: x # cs.CV", "T: x # math.OC cs.LG"],
        ["T: x # math.OC", "T: cs # physics.cs-x"],
    ),
    ("cat:cs.*", ["T: x # cs.CV"], ["T: x # stat.ML", "T: x # csx.CV"]),
    ("cat:CS.cv", ["T: x # cs.CV"], ["T: x # cs.CVX", "T: x # cs"]),
    ("cat:hep-th", ["T: x # hep-th"], ["T: x # hep-ph"]),
    ("cat:astro-ph", ["T: x # astro-ph.CO", "T: x # astro-ph"], ["T: x # astro-phx.CO"]),
    ("cat:math.IT", ["T: x # cs.IT", "T: x # math.IT"], ["T: x # math.ST"]),
    ("cat:eess", ["T: x # cs.SY"], ["T: x # cs.CV"]),
    ("cat:(cs.CV OR cs.LG)", ["T: x # cs.LG"], ["T: x # cs.CL"]),
    ('cat:"cs.CV"', ["T: x # cs.CV"], ["T: x # cs.CL"]),
    (
        'au:"lecun yann"',
        ["T: x @ Yann LeCun", "T: x @ Y. LeCun"],
        ["T: x @ Yann Dupont; Marie LeCun"],
    ),
    (
        "au:lecun",
        ["T: x @ Yann LeCun", "T: x @ A B; LeCun, Yann", "T: x @ Yann Le Cun"],
        ["T: lecun"],
    ),
    ('au:"LeCun, Yann"', ["T: x @ Yann LeCun", "T: x @ Yann A. LeCun"], ["T: x @ Yann Lee"]),
    (
        'au:"Y LeCun"',
        ["T: x @ Yann LeCun", "T: x @ Y LeCun"],
        ["T: x @ Yann L.", "T: x @ A. LeCun", "T: x @ LeCun"],
    ),
    ('au:"Yann LeCun"', ["T: x @ Y. LeCun"], ["T: x @ Yann L. Dupont", "T: x @ Y. L."]),
    ('au:"Le Cun"', ["T: x @ Yann LeCun"], ["T: x @ Le Duc; Ann Cun"]),
    ('au:"van der Maaten"', ["T: x @ Laurens van der Maaten"], ["T: x @ Jan van Gool"]),
    ('au:"Müller"', ["T: x @ Klaus-Robert Muller", r"T: x @ K. M\"uller"], ["T: x @ Miller"]),
    ("au:obrien", ["T: x @ Pat O'Brien", "T: x @ Pat O’Brien"], ["T: x @ Otto Brien"]),
    ('au:"J B Alayrac"', ["T: x @ Jean-Baptiste Alayrac"], ["T: x @ Jean Alayrac"]),
    ("au:lec*", ["T: x @ Yann LeCun"], ["T: x @ Alec Radford"]),
    ("au:=LeCun", ["T: x @ Yann LeCun"], ["T: x @ Yann Lecun"]),
    ("au:(lecun OR hinton)", ["T: x @ Geoffrey Hinton"], ["T: x @ Yoshua Bengio"]),
    ("au:lecun -ti:survey", ["T: x @ Yann LeCun"], ["T: A survey @ Yann LeCun"]),
]


@pytest.mark.parametrize(
    ("keyword", "text"), [(keyword, text) for keyword, found, _ in CASES for text in found]
)
def test_it_finds(keyword: str, text: str) -> None:
    assert list(index([paper(text)]).match({1: [parse(keyword)]})) == [1]


@pytest.mark.parametrize(
    ("keyword", "text"), [(keyword, text) for keyword, _, missed in CASES for text in missed]
)
def test_it_does_not_find(keyword: str, text: str) -> None:
    assert list(index([paper(text)]).match({1: [parse(keyword)]})) == []

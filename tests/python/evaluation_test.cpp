#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "base/text.h"
#include "evaluation_support.h"

namespace python::testing {
namespace {

/// The sources in tests/python/evaluation bind `result` to a list; NAME.expected has the repr of each item on a line,
/// as Python 3.11 prints it.
std::vector<std::string> source_names() {
  std::vector<std::string> names;
  for (const base::Path& entry : base::entries(SOURCE_DIR "/tests/python/evaluation"))
    if (entry.extension() == ".py") names.push_back(entry.stem().string());
  return names;
}

class Sources : public ::testing::TestWithParam<std::string> {};

TEST_P(Sources, GiveWhatPythonGives) {
  const std::string path = SOURCE_DIR "/tests/python/evaluation/" + GetParam();
  Project project(*base::read_file(path + ".py"));
  const std::vector<std::string> expected = base::split(*base::read_file(path + ".expected"), '\n');
  for (std::size_t at = 0; at + 1 < expected.size(); ++at)
    EXPECT_EQ(project.repr("main", "result[" + std::to_string(at) + "]"), expected[at]) << "item " << at;
  EXPECT_EQ(project.repr("main", "len(result)"), std::to_string(expected.size() - 1));
  EXPECT_TRUE(project.host.notes.empty()) << base::joined(project.host.notes, "\n");
}

INSTANTIATE_TEST_SUITE_P(Evaluation, Sources, ::testing::ValuesIn(source_names()),
                         [](const auto& source) { return source.param; });

// Modules

TEST(Modules, ImportsAbsoluteRelativeAndStar) {
  Project project({
      {"app/__init__.py", "from .base import *\nfrom . import models as m\nVERSION = 1\n"},
      {"app/base.py", "__all__ = ['A']\nA = 1\nB = 2\n"},
      {"app/models.py",
       "from app.base import B\nfrom . import base\nfrom .sub.deep import X\nimport app.sub.deep as d\n"},
      {"app/sub/__init__.py", ""},
      {"app/sub/deep.py", "from ...app import base\nfrom ..base import A as X\n"},
      {"main.py",
       "import app.sub.deep\nimport app\nfrom app import A, m\nresult = [A, m.B, m.base.A, m.X, m.d.X, app.sub.deep.X, "
       "hasattr(app, 'B'), app.__name__, m.__name__]\n"},
  });
  EXPECT_EQ(project.repr("main", "result"), "[1, 2, 1, 1, 1, 1, False, 'app', 'app.models']");
  EXPECT_TRUE(project.host.notes.size() <= 1) << base::joined(project.host.notes, "\n");
}

TEST(Modules, SourceLayoutNamespacePackagesAndScripts) {
  Project project({
      {"src/shop/__init__.py", "from shop.db import X\n"},
      {"src/shop/db.py", "X = 'db'\n"},
      {"acme/core/base.py", "Y = 'base'\n"},
      {"acme/billing/models.py", "from acme.core.base import Y\nfrom ..core import base\nZ = base.Y\n"},
      {"scripts/helper.py", "H = 'helper'\n"},
      {"scripts/run.py", "import helper\nfrom shop import X\nR = helper.H + X\n"},
      {"main.py", "import shop, acme.billing.models as b\nimport scripts.run as r\nresult = [shop.X, b.Y, b.Z, r.R]\n"},
  });
  EXPECT_EQ(project.repr("main", "result"), "['db', 'base', 'base', 'helperdb']");
}

TEST(Modules, CyclesSeeWhatIsThereAlready) {
  Project project({
      {"a.py", "X = 1\nimport b\nY = b.Z\n"},
      {"b.py", "import a\nfrom a import X\nZ = X + 1\ndef late():\n    from a import Y\n    return Y\n"},
      {"main.py", "import a, b\nresult = [a.Y, b.late()]\n"},
  });
  EXPECT_EQ(project.repr("main", "result"), "[2, 2]");
}

TEST(Modules, LoopsImportWholePackages) {
  Project project({
      {"p/__init__.py",
       "import importlib, pkgutil, os, glob\nfrom pathlib import Path\n"
       "seen = [m.name for m in pkgutil.iter_modules(__path__)]\n"
       "for m in pkgutil.iter_modules(__path__):\n    importlib.import_module(f'{__name__}.{m.name}')\n"
       "files = sorted(p.stem for p in Path(__file__).parent.glob('*.py'))\n"
       "listed = sorted(f for f in os.listdir(os.path.dirname(__file__)) if f.endswith('.py'))\n"
       "globbed = sorted(os.path.basename(f) for f in glob.glob(os.path.join(os.path.dirname(__file__), '*.py')))\n"
       "walked = [m.name for m in pkgutil.walk_packages(__path__, 'p.')]\n"
       "late = importlib.import_module('.q._late', package=__name__)\n"},
      {"p/one.py", "ONE = 1\n"},
      {"p/two.py", "TWO = 2\n"},
      {"p/q/__init__.py", ""},
      {"p/q/_late.py", "L = 3\n"},
      {"main.py",
       "import p\nresult = [p.seen, p.one.ONE, p.two.TWO, p.files, p.listed == p.globbed, p.walked, p.late.L]\n"},
  });
  EXPECT_EQ(project.repr("main", "result"),
            "[['one', 'q', 'two'], 1, 2, ['__init__', 'one', 'two'], True, ['p.one', 'p.q', 'p.q._late', 'p.two'], 3]");
}

TEST(Modules, GetattrOfAModuleAndItsNames) {
  Project project({
      {"lazy.py",
       "import sys\ndef __getattr__(name):\n    if name.startswith('x'):\n        return name * 2\n    raise "
       "AttributeError(name)\nME = sys.modules.get(__name__) is not None\n"},
      {"main.py",
       "import lazy\nfrom lazy import xa\nresult = [lazy.xy, xa, hasattr(lazy, 'z'), __name__, lazy.__file__, "
       "lazy.ME]\n"},
  });
  EXPECT_EQ(project.repr("main", "result"), "['xyxy', 'xaxa', False, 'main', '/p/lazy.py', True]");
}

TEST(Modules, ASyntaxErrorIsReportedAndTheModuleUnknown) {
  Project project({{"bad.py", "x = = 1\n"}, {"main.py", "import bad\ny = bad.x\nresult = 1\n"}});
  EXPECT_EQ(project.repr("main", "result"), "1");
  EXPECT_EQ(project.host.notes, std::vector<std::string>{"PARSE_ERROR /p/bad.py:1:5"});
  EXPECT_TRUE(project.repr("main", "y").starts_with("Unknown("));
}

TEST(Modules, SuppliedValuesTakeThePlaceOfNames) {
  Project project({{"settings.py", "import os\nSCHEMA = os.environ['SCHEMA']\n"},
                   {"main.py", "from settings import SCHEMA\nimport settings\nresult = [SCHEMA, settings.SCHEMA]\n"}});
  project.host.supplied_texts["settings.SCHEMA"] = "core";
  EXPECT_EQ(project.repr("main", "result"), "['core', 'core']");
}

// What is not known

std::string note_of(const std::string& source) {
  Project project(source);
  project.repr("main", "None");
  return base::joined(project.host.notes, "; ");
}

TEST(Unknowns, SpreadThroughWhatIsComputedFromThem) {
  Project project(
      "import os, acme\nA = os.environ['X']\nresult = [A + 'b', f'{A}', int(A), A.upper()[0], [A][0], acme.f(1).g, "
      "[x for x in acme.items], sorted(acme.items)]\n"
      "known = [os.environ.get('X', 'd'), os.getenv('X') or 'e', len([A, 1]), (A, 2)[1], isinstance(A, object)]\n");
  for (int at = 0; at < 8; ++at)
    EXPECT_TRUE(project.repr("main", "result[" + std::to_string(at) + "]").starts_with("Unknown(")) << at;
  EXPECT_EQ(project.repr("main", "known[:4]"), "['d', 'e', 2, 2]");
}

TEST(Unknowns, BranchesThatAgreeLoseNothing) {
  const std::string agreeing =
      "import platform\nif platform.system() == 'Darwin':\n    N = 100\nelse:\n    N = 50 * 2\nresult = N\n";
  EXPECT_EQ(result_of(agreeing), "100  -- undecided 2 same");
  EXPECT_EQ(note_of("import socket\nif socket.gethostname():\n    N = 1\nelse:\n    N = 2\n"), "undecided 2 differs");
  EXPECT_EQ(note_of("import socket\nN = 1 if socket.gethostname() else 2\n"), "undecided 2 differs");
  EXPECT_EQ(note_of("import socket\nN = 1 if socket.gethostname() and False else 2\n"), "");
  EXPECT_EQ(note_of("import socket\nfor x in socket.names():\n    y = x\n"), "undecided 2 differs");
}

TEST(Unknowns, TheLikelyBranchIsTaken) {
  Project project(
      "import sys\nif sys.platform == 'win32':\n    class W: pass\nelse:\n    class L: pass\nresult = "
      "'L' in globals(), 'W' in globals()\n");
  EXPECT_EQ(project.repr("main", "result"), "(True, False)");
  EXPECT_EQ(project.host.notes, std::vector<std::string>{"undecided 2 differs"});
}

TEST(Unknowns, AnUncaughtExceptionEndsItsStatementOnly) {
  Project project("a = 1\nb = {}['k']\nc = 2\nresult = [a, c]\n");
  EXPECT_EQ(project.repr("main", "result"), "[1, 2]");
  EXPECT_EQ(project.host.notes, std::vector<std::string>{"uncaught 2 KeyError: k"});
  EXPECT_TRUE(project.repr("main", "b").starts_with("Unknown("));
}

TEST(Unknowns, OutsideNamesStaySymbolic) {
  Project project(
      "from outside.orm import Column as C\nimport outside as o\nresult = [C('x', o.Integer, "
      "nullable=False), o.Mapped[int]]\nclass M(o.Base):\n    x: o.Mapped[int] = C()\n");
  EXPECT_EQ(project.repr("main", "result"),
            "[outside.orm.Column('x', outside.Integer, nullable=False), outside.Mapped[int]]");
  EXPECT_EQ(project.host.classes, std::vector<std::string>{"M"});
}

// Limits

TEST(Limits, NothingHangs) {
  Limits limits;
  limits.steps = 2'000'000;
  limits.steps_per_module = 200'000;
  const std::vector<std::string> hostile = {
      "for i in range(10**9): pass\n",
      "while True: pass\n",
      "x = [0]\nfor i in x: x.append(i)\n",
      "def f(n): return f(n + 1)\nf(0)\n",
      "x = 'a' * 10**9\n",
      "x = [1] * 10**9\n",
      "x = 10 ** 10 ** 9\n",
      "x = 1 << 10**9\n",
      "x = 'x' * 1000\nfor i in range(10**6): x += x\n",
      "def g():\n    while True: yield 1\nlist(g())\nsum(g())\n",
      "import re\nre.match('(a+)+$', 'a' * 50 + 'b')\n",
      "import itertools\nlist(itertools.count())\n",
      "x = []\nx.append(x)\nrepr(x)\nx == x\nd = {}\nd['d'] = d\nstr(d)\n",
      "class A:\n    def __getattr__(self, n): return getattr(self, n + 'x')\nA().y\n",
      "class A:\n    def __eq__(self, o): return self == o\nA() == A()\n",
      "f'{1:>999999999}'\n'%999999999d' % 1\n'x'.ljust(10**9)\n'x'.replace('', 'y' * 10**6)\n",
      "range(-2**63, 2**63 - 1)\nlen(range(-2**63, 2**63 - 1))\nlist(range(-2**63, 2**63 - 1))\n",
      "t = ()\nfor i in range(100000): t = (t,)\nhash(t)\nrepr(t)\nt == t\n",
      "l = lambda: l()\nl()\n",
      "import main\nfrom main import *\n",
      "type('X', (), {})()\ntype(1, 2, 3)\ntype('X', (1,), {})\nclass A(A): pass\n",
  };
  for (const std::string& source : hostile) {
    Project project(source + "\nresult = 'done'\n", limits);
    EXPECT_EQ(project.repr("main", "result"), "'done'") << source;
  }
}

}  // namespace
}  // namespace python::testing

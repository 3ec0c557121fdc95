#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "models/discovery/requirement.h"
#include "models/discovery/sources.h"

namespace models::discovery {
namespace {
namespace fs = std::filesystem;

class DiscoveryTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("discovery_" + std::to_string(::getpid()));
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& path, const std::string& text) const {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }

  std::vector<std::string> with_role(Role role, const std::vector<std::string>& paths = {}) const {
    const Sources sources = Sources::find(root_, paths);
    std::vector<std::string> shown;
    for (const SourceFile& file : sources.files()) {
      if (file.role == role) shown.push_back(file.shown);
    }
    return shown;
  }

  fs::path root_;
};

using Paths = std::vector<std::string>;

TEST_F(DiscoveryTest, ChoosesFilesByWhatTheyImport) {
  write("app/db.py", "from sqlalchemy.orm import DeclarativeBase\n");
  write("app/user.py", "from .db import Base\n\nclass User(Base):\n    pass\n");
  write("app/view.py", "from app.user import User\n\ndef show(): ...\n");
  write("app/tool.py", "print 'python 2'\n");
  EXPECT_EQ(with_role(Role::Model), Paths{"app/db.py"});
  EXPECT_EQ(with_role(Role::Importer), Paths{"app/user.py"});
}

TEST_F(DiscoveryTest, LeavesOutTestsMigrationsAndEnvironments) {
  const std::string model = "from sqlmodel import SQLModel\nclass A(SQLModel, table=True): ...\n";
  write("models.py", model);
  write("tests/models.py", model);
  write("test_models.py", model + "def test_a(): ...\n");
  write("migrations/versions/1.py", model + "from alembic import op\n");
  write("old/1.py", model + "revision = '1'\ndown_revision = None\n");
  for (const char* folder : {".venv/lib", "venv/lib", "node_modules/a", "build/lib", "vendor/a"})
    write(std::string(folder) + "/m.py", model);
  write("mine/pyvenv.cfg", "");
  write("mine/m.py", model);
  EXPECT_EQ(with_role(Role::Model), Paths{"models.py"});
}

TEST_F(DiscoveryTest, KeepsAFolderCalledTestsThatTheApplicationImports) {
  write("lab/main.py", "from lab.tests.models import Assay\n");
  write("lab/__init__.py", "");
  write("lab/tests/__init__.py", "");
  write("lab/tests/models.py", "import sqlalchemy\n");
  EXPECT_EQ(with_role(Role::Model), Paths{"lab/tests/models.py"});
}

TEST_F(DiscoveryTest, SurvivesLinksInCircles) {
  write("app/models.py", "import sqlalchemy\n");
  fs::create_directory_symlink(root_, root_ / "app/loop");
  fs::create_directory_symlink("/", root_ / "everything");
  EXPECT_EQ(with_role(Role::Model), Paths{"app/models.py"});
}

TEST_F(DiscoveryTest, FindsModulesFromTheNearestRoot) {
  write("one/app/__init__.py", "");
  write("one/app/db.py", "import sqlalchemy\n");
  write("one/app/models.py", "import sqlalchemy\n");
  write("two/app/__init__.py", "");
  write("two/app/db.py", "import sqlalchemy\n");
  write("two/app/models.py", "import sqlalchemy\n");
  const Sources sources = Sources::find(root_, {});
  for (const SourceFile& file : sources.files()) {
    const auto found = sources.find_module("app.db", file);
    ASSERT_TRUE(found && found->file);
    EXPECT_EQ(found->file->shown.substr(0, 3), file.shown.substr(0, 3));
  }
}

TEST(RequirementTest, ReadsUpperBounds) {
  EXPECT_EQ(newest_allowed("==1.4.46"), (Version{1, 4, 46}));
  EXPECT_EQ(newest_allowed(">=1.4,<2.0"), (Version{1, 999, 999}));
  EXPECT_EQ(newest_allowed("~=2.0.3"), (Version{2, 0, 999}));
  EXPECT_EQ(newest_allowed("^1.4"), (Version{1, 999, 999}));
  EXPECT_EQ(newest_allowed(">=1.4"), std::nullopt);
}

TEST_F(DiscoveryTest, ReadsThePinnedVersion) {
  write("pyproject.toml", "dependencies = [\"sqlalchemy-utils==0.1\", \"SQLAlchemy[asyncio] >= 1.4, < 2\"]\n");
  EXPECT_EQ(pinned_version(root_, "sqlalchemy"), (Version{1, 999, 999}));
  write("poetry.lock", "[[package]]\nname = \"sqlalchemy\"\nversion = \"1.4.50\"\n");
  EXPECT_EQ(pinned_version(root_, "sqlalchemy"), (Version{1, 4, 50}));
}

}  // namespace
}  // namespace models::discovery

#include "postgres/embedded.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "postgres/connection.h"
#include "postgres/scratch.h"

namespace {
namespace fs = std::filesystem;

class EmbeddedTest : public testing::Test {
 protected:
  EmbeddedTest() {
    std::string name = "/tmp/embedded-test-XXXXXX";
    project = mkdtemp(name.data());
    fs::permissions(project, fs::perms(0755));
  }
  ~EmbeddedTest() override {
    std::error_code code;
    fs::remove_all(project, code);
  }
  fs::path project;
};

TEST_F(EmbeddedTest, LivesFromStartToStop) {
  postgres::Embedded embedded(project);
  EXPECT_FALSE(embedded.status().initialised);
  EXPECT_FALSE(embedded.stop().value());
  const auto url = embedded.start();
  ASSERT_TRUE(url) << url.error().message;
  EXPECT_EQ(embedded.start().value(), *url);
  EXPECT_EQ(embedded.status().url, *url);
  EXPECT_TRUE(embedded.status().running);
  struct stat status {};
  ASSERT_EQ(stat((project / ".agent-migrate").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700U);
  EXPECT_TRUE(fs::exists(project / ".agent-migrate" / ".gitignore"));
  {
    auto connection = postgres::Connection::open(*url);
    ASSERT_TRUE(connection) << connection.error().message;
    EXPECT_TRUE(connection->execute("CREATE TABLE kept (a int)"));
    EXPECT_EQ((*connection->query("SHOW fsync"))[0][0], "on");
    EXPECT_EQ((*connection->query("SHOW listen_addresses"))[0][0], "");
  }
  EXPECT_TRUE(embedded.stop().value());
  EXPECT_FALSE(embedded.status().running);

  const auto before = std::chrono::steady_clock::now();
  ASSERT_TRUE(embedded.start());
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(1));
  auto connection = postgres::Connection::open(*url);
  ASSERT_TRUE(connection);
  EXPECT_TRUE(connection->query("SELECT a FROM kept"));
  EXPECT_TRUE(embedded.stop().value());
}

TEST_F(EmbeddedTest, TwoStartersShareOneServer) {
  postgres::Embedded embedded(project);
  std::string first;
  std::thread other([&] { first = postgres::Embedded(project).start().value_or("failed"); });
  const std::string second = embedded.start().value_or("failed too");
  other.join();
  EXPECT_EQ(first, second);
  EXPECT_TRUE(embedded.stop().value());
}

TEST_F(EmbeddedTest, AStalePidFileIsNoServer) {
  postgres::Embedded embedded(project);
  ASSERT_TRUE(embedded.start());
  const auto status = embedded.status();
  kill(status.pid, SIGKILL);
  for (int i = 0; i < 200 && embedded.status().running; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_FALSE(embedded.status().running);
  // As if the number now belonged to another process: ours.
  const std::string pid = std::to_string(getpid()) + "\n";
  ASSERT_TRUE(base::write_file(status.data / "postmaster.pid", pid));
  EXPECT_FALSE(embedded.status().running);
  const auto url = embedded.start();
  ASSERT_TRUE(url) << url.error().message;
  EXPECT_TRUE(embedded.stop().value());
}

TEST_F(EmbeddedTest, ALongPathGetsAShortSocket) {
  const fs::path deep = project / std::string(100, 'd') / "with blank and \"quote\"";
  fs::create_directories(deep);
  fs::permissions(project / std::string(100, 'd'), fs::perms(0755));
  fs::permissions(deep, fs::perms(0755));
  postgres::Embedded embedded(deep);
  const auto url = embedded.start();
  ASSERT_TRUE(url) << url.error().message;
  EXPECT_TRUE(postgres::Connection::open(*url));
  const auto server = postgres::running_server(embedded.status().data);
  ASSERT_TRUE(server);
  EXPECT_TRUE(embedded.stop().value());
  EXPECT_FALSE(fs::exists(server->socket));
}

TEST_F(EmbeddedTest, AProjectThatTheServerCannotEnterStillHasOne) {
  fs::permissions(project, fs::perms(0700));
  postgres::Embedded embedded(project);
  const auto url = embedded.start();
  ASSERT_TRUE(url) << url.error().message;
  EXPECT_TRUE(postgres::Connection::open(*url));
  const fs::path home = embedded.status().data.parent_path();
  EXPECT_TRUE(embedded.stop().value());
  fs::remove_all(home);
}

TEST(ScratchTest, IsGoneAfterwards) {
  fs::path folder;
  {
    auto scratch = postgres::Scratch::start();
    ASSERT_TRUE(scratch) << scratch.error().message;
    const std::string url = scratch->url();
    folder = url.substr(url.find("host=") + 5);
    EXPECT_TRUE(fs::exists(folder));
    const auto first = scratch->new_database();
    const auto second = scratch->new_database();
    ASSERT_TRUE(first && second);
    EXPECT_NE(*first, *second);
    EXPECT_TRUE(postgres::Connection::open(*second));
  }
  EXPECT_FALSE(fs::exists(folder));
}

TEST(ScratchTest, IsGoneAfterACrash) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  if (fork() == 0) {
    auto scratch = postgres::Scratch::start();
    const std::string url = scratch ? scratch->url() : "";
    if (write(ends[1], url.data(), url.size()) < 0) _exit(1);
    kill(getpid(), SIGKILL);
  }
  close(ends[1]);
  std::string url(1000, '\0');
  const ssize_t got = read(ends[0], url.data(), url.size());
  close(ends[0]);
  ASSERT_GT(got, 0);
  url.resize(static_cast<std::size_t>(got));
  const fs::path folder = url.substr(url.find("host=") + 5);
  for (int i = 0; i < 500 && fs::exists(folder); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_FALSE(fs::exists(folder));
}
}  // namespace

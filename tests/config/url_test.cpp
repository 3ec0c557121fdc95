#include "config/url.h"

#include <gtest/gtest.h>

namespace {

using config::parse_url;

std::string libpq(std::string_view text) {
  const auto url = parse_url(text);
  return url ? config::libpq_url(*url) : url.error().message;
}

std::string label(std::string_view text) { return config::label(parse_url(text).value()); }

TEST(Url, Schemes) {
  for (const char* scheme : {"postgresql", "postgres", "postgresql+asyncpg", "postgresql+psycopg",
                             "postgresql+psycopg2cffi", "POSTGRESQL"}) {
    EXPECT_EQ(libpq(std::string(scheme) + "://app:x@h:3/d"), "postgresql://app:x@/d?host=h&port=3");
  }
  EXPECT_EQ(libpq("embedded"), "embedded");
  EXPECT_EQ(libpq("  postgresql://h/d\n"), "postgresql:///d?host=h");
}

TEST(Url, PercentEncoding) {
  const auto url = parse_url("postgresql://us%40er:p%40%2Fs%25:x#%zz@h/d%20b").value();
  EXPECT_EQ(url.user, "us@er");
  EXPECT_EQ(url.password, "p@/s%:x#%zz");
  EXPECT_EQ(url.database, "d b");
  EXPECT_EQ(config::libpq_url(url), "postgresql://us%40er:p%40%2Fs%25%3Ax%23%25zz@/d%20b?host=h");
}

TEST(Url, APasswordMayHoldWhatShouldBeEncoded) {
  EXPECT_EQ(parse_url("postgresql://u:p@ss@h/d")->password, "p@ss");
  EXPECT_EQ(parse_url("postgresql://u:a/b?c@h/d")->password, "a/b?c");
  EXPECT_EQ(parse_url("postgresql://h/d?application_name=a@b")->user, std::nullopt);
}

TEST(Url, Hosts) {
  EXPECT_EQ(libpq("postgresql://app@[::1]:7/six"), "postgresql://app@/six?host=%3A%3A1&port=7");
  EXPECT_EQ(label("postgresql://app@[::1]:7/six"), "PostgreSQL [::1]:7/six");
  EXPECT_EQ(libpq("postgresql://a:1,b/d"), "postgresql:///d?host=a,b&port=1,");
  EXPECT_EQ(libpq("postgresql:///d?host=a:1&host=b:2"), "postgresql:///d?host=a,b&port=1,2");
  EXPECT_EQ(libpq("postgresql:///d?host=a,b&port=5"), "postgresql:///d?host=a,b&port=5,5");
  EXPECT_EQ(label("postgresql://app@"), "PostgreSQL localhost:5432/app");
}

TEST(Url, UnixSockets) {
  EXPECT_EQ(label("postgresql+psycopg2://app:s%2Ft@/shop?host=/run/pg&port=6001&sslmode=disable"),
            "PostgreSQL /run/pg:6001/shop");
  EXPECT_EQ(libpq("postgresql://%2Frun%2Fpg/d"), "postgresql:///d?host=%2Frun%2Fpg");
  EXPECT_EQ(libpq("postgresql+pg8000:///d?unix_sock=/run/pg/.s.PGSQL.5433"),
            "postgresql:///d?host=%2Frun%2Fpg&port=5433");
}

TEST(Url, ParametersOfDrivers) {
  EXPECT_EQ(libpq("postgresql+asyncpg://h/d?ssl=require&server_settings=x&prepared_statement_cache_size=0"),
            "postgresql:///d?host=h&sslmode=require");
  EXPECT_EQ(libpq("postgresql+asyncpg://h/d?ssl=true&timeout=9"),
            "postgresql:///d?host=h&sslmode=require&connect_timeout=9");
  EXPECT_EQ(libpq("postgresql://h/d?options=-csearch_path%3Da"), "postgresql:///d?host=h&options=-csearch_path%3Da");
  EXPECT_EQ(parse_url("postgresql://h/d?sslmod=require")->ignored, std::vector<std::string>{"sslmod"});
}

TEST(Url, WhatIsNoUrlOfPostgresql) {
  EXPECT_NE(libpq("sqlite:///./app.db").find("sqlite"), std::string::npos);
  EXPECT_NE(libpq("mysql+pymysql://root:secret@h/d").find("mysql"), std::string::npos);
  for (const char* text : {"", "postgresql", "host=h password=secret", "postgresql://[::1/d", "postgresql://u:secret",
                           "postgresql://h:99999/d", "postgresql://u:secret@h:p/d", "://secret",
                           "postgresql://h/d?port=secret", "postgresql://[::1]x/d", "postgresql://h/%00"}) {
    const auto url = parse_url(text);
    ASSERT_FALSE(url) << text;
    EXPECT_EQ(url.error().code, base::ErrorCode::ConfigInvalid);
    EXPECT_EQ(url.error().message.find("secret"), std::string::npos) << text;
    EXPECT_EQ(config::redacted(text).find("secret"), std::string::npos) << text;
  }
}

TEST(Url, Redacted) {
  EXPECT_EQ(config::redacted("postgresql+asyncpg://u:secret@h/d?sslpassword=s2"),
            "postgresql://u:***@/d?host=h&sslpassword=***");
  EXPECT_EQ(config::redacted("postgresql://u@h/d?password=secret"), "postgresql://u:***@/d?host=h");
  EXPECT_EQ(config::redacted("mysql://u:secret@h/d"), "mysql://…");
}

}  // namespace

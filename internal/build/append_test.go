package build_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/build"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/record"
)

func TestAppendKeepsExistingArticles(t *testing.T) {
	t.Parallel()
	dir := buildtest.New(t, buildtest.Text("a", "", "渡口。"), buildtest.Text("b", "", "大桥。"))
	opts := build.Options{Out: dir, Keep: 2, Append: true, Dictionaries: analyzertest.Frequent(t)}
	added := buildtest.Articles(buildtest.Text("b", "", "茶节。"), buildtest.Text("c", "", "夜市。"))
	s, err := build.Index(t.Context(), opts, added)
	if err != nil {
		t.Fatal(err)
	}
	if s.Articles != 3 {
		t.Errorf("%d articles, want 3", s.Articles)
	}
	l := open(t, dir)
	for word, want := range map[string]int{"渡口": 1, "大桥": 0, "茶节": 1, "夜市": 1} {
		if got := count(t, l, word); got != want {
			t.Errorf("%s is found %d times, want %d", word, got, want)
		}
	}
}

// TestAppendKeepsSynonyms checks that appending keeps the synonyms, even with a new user
// dictionary, unless it gets others.
func TestAppendKeepsSynonyms(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "news")
	first, second := buildtest.File(t, "first.txt", "老渡 => 渡口\n"), buildtest.File(t, "second.txt", "新渡 => 渡口\n")
	bad := buildtest.File(t, "bad.txt", "老渡 => 渡口\n渡口\n# 渡口\n渡口 =>\n")
	for i, c := range []struct {
		name string
		o    build.Options
		want map[string]int
	}{
		{"first", build.Options{Synonyms: []string{first}}, map[string]int{"老渡": 1, "渡口": 1}},
		{"added to", build.Options{Append: true}, map[string]int{"老渡": 2}},
		{"with user words", build.Options{Append: true, UserDict: buildtest.File(t, "words.txt", "禤以汀\n")},
			map[string]int{"老渡": 3}},
		{"with bad ones", build.Options{Append: true, Synonyms: []string{bad}}, map[string]int{"老渡": 3}},
		{"with others", build.Options{Append: true, Synonyms: []string{second}}, map[string]int{"老渡": 0, "新渡": 4}},
		{"built from nothing", build.Options{}, map[string]int{"新渡": 0, "渡口": 1}},
	} {
		c.o.Out, c.o.Keep, c.o.Dictionaries = dir, 2, analyzertest.Frequent(t)
		_, err := build.Index(t.Context(), c.o,
			buildtest.Articles(buildtest.Text(fmt.Sprint("a", i), "", fmt.Sprintf("第%d个渡口。", i))))
		if bads := slices.Contains(c.o.Synonyms, bad); bads != (err != nil) {
			t.Fatalf("%s: %v", c.name, err)
		}
		if err != nil && (!strings.Contains(err.Error(), bad+":2: ") || !strings.Contains(err.Error(), bad+":4: ")) {
			t.Errorf("%s: the error does not name file and lines: %v", c.name, err)
		}
		l := open(t, dir)
		for word, want := range c.want {
			if got := count(t, l, word); got != want {
				t.Errorf("%s: %s is found %d times, want %d", c.name, word, got, want)
			}
		}
	}
}

func TestAppendKeepsTheUserDictionary(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "news")
	file := filepath.Join(t.TempDir(), "words.txt")
	if err := os.WriteFile(file, []byte("禤以汀\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	o := build.Options{Out: dir, Keep: 2, UserDict: file, Dictionaries: analyzertest.Frequent(t)}
	if _, err := build.Index(t.Context(), o, buildtest.Articles(buildtest.Text("a", "题"))); err != nil {
		t.Fatal(err)
	}
	o.UserDict, o.Append = "", true
	if _, err := build.Index(t.Context(), o, buildtest.Articles(buildtest.Text("b", "题"))); err != nil {
		t.Fatal(err)
	}
	list, err := index.List(dir)
	if err != nil || len(list) != 2 || list[0].Analyzer != list[1].Analyzer {
		t.Errorf("the dictionaries changed: %+v (%v)", list, err)
	}
}

// TestAppendToDamage flips a bit of each file of a generation that is added to. Damage ends the
// build, but for a segment that is only linked: it keeps its checksum, so that the damage can be
// found afterwards.
func TestAppendToDamage(t *testing.T) {
	t.Parallel()
	sound := buildtest.New(t, buildtest.Text("a", "题", "渡口今天开放。"), buildtest.Text("b", "又一题", "大桥合龙。"),
		buildtest.Text("c", "再一题", "茶节。"))
	m, err := generation.In(sound).Manifest(buildtest.Current(t, sound).Name, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range m.Files {
		dir, file := copyOf(t, sound), f.Path
		path := filepath.Join(buildtest.CurrentDir(t, dir), file)
		whole := buildtest.Read(t, path)
		if len(whole) == 0 {
			continue
		}
		whole[len(whole)/2] ^= 1
		buildtest.Write(t, path, whole)
		o := build.Options{Out: dir, Keep: 1, Append: true, Dictionaries: analyzertest.Frequent(t)}
		_, err = build.Index(t.Context(), o, buildtest.Articles(buildtest.Text("d", "", "夜市。")))
		if errors.Is(err, generation.ErrDamaged) {
			if !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "roll back") {
				t.Errorf("%s: %v", file, err)
			}
			continue
		}
		if !index.CheckedWhenRead(file) || filepath.Base(file) == record.File {
			t.Errorf("adding to a generation with another %s: %v", file, err)
		}
		if err != nil { // bleve's, of a segment
			continue
		}
		r, err := index.Verify(t.Context(), dir, false)
		if err != nil || len(r.Damage) != 1 || r.Damage[0].File != file {
			t.Errorf("%s is damaged; found %v (%v)", file, r.Damage, err)
		}
	}
}

// TestAppendWithoutCurrentFails checks that appending without CURRENT fails, since it is
// unknown which generation to append to, and loses nothing.
func TestAppendWithoutCurrentFails(t *testing.T) {
	t.Parallel()
	dir := buildtest.New(t, buildtest.Text("a", "题"))
	if err := os.Remove(filepath.Join(dir, generation.CurrentFile)); err != nil {
		t.Fatal(err)
	}
	_, err := build.Index(t.Context(), build.Options{Out: dir, Append: true, Dictionaries: analyzertest.Frequent(t)},
		buildtest.Articles(buildtest.Text("b", "题")))
	if err == nil || !strings.Contains(err.Error(), generation.CurrentFile) {
		t.Errorf("adding to an index without CURRENT: %v", err)
	}
	if names, err := generation.In(dir).Names(); err != nil || len(names) != 1 {
		t.Errorf("generations %v (%v)", names, err)
	}
}

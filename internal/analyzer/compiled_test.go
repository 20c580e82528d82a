package analyzer

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"xunwen/internal/textnorm"
)

// compile adds the compiled form to a folder.
func compile(t testing.TB, folder fstest.MapFS) {
	t.Helper()
	files, err := readFiles(folder, "dict")
	if err != nil {
		t.Fatal(err)
	}
	d, err := parseDictionary(files)
	if err != nil {
		t.Fatal(err)
	}
	data, err := d.appendCompiled(nil, fingerprint(withoutSynonyms(files)))
	if err != nil {
		t.Fatal(err)
	}
	folder[compiledFile] = &fstest.MapFile{Data: data}
}

// unusual is a small folder with words that the compiled form keeps apart.
func unusual() fstest.MapFS {
	folder := small()
	folder[userDictFile] = &fstest.MapFile{Data: []byte(mine)}
	folder[SynonymsFile] = &fstest.MapFile{Data: []byte("北约,北大西洋\n")}
	folder[dictFile] = &fstest.MapFile{Data: []byte(string(folder[dictFile].Data) + "着手 9 v\n著名 90 a\n")}
	return folder
}

// TestInstallCopiesTheCompiledForm checks that a folder that is compiled is installed with that,
// unless a user dictionary makes it useless.
func TestInstallCopiesTheCompiledForm(t *testing.T) {
	folder := unusual()
	compile(t, folder)
	words := filepath.Join(t.TempDir(), "words.txt")
	if err := os.WriteFile(words, []byte("青禾\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for userDict, want := range map[string]bool{"": true, words: false} {
		dir := t.TempDir()
		if err := InstallFrom(folder, dir, userDict); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(dir, compiledFile)); (err == nil) != want {
			t.Errorf("with the user dictionary %q: %v", userDict, err)
		}
	}
}

func TestCompiledEqualsParsed(t *testing.T) {
	folder := unusual()
	parsed, err := open(folder, "dict")
	if err != nil {
		t.Fatal(err)
	}
	compile(t, folder)
	files, err := readFiles(folder, "dict")
	if err != nil {
		t.Fatal(err)
	}
	d, err := readCompiled(folder, files, parsed.SegmentationFingerprint())
	if err != nil || d == nil || len(d.jieba.Words) > 0 {
		t.Fatalf("the compiled form is not used: %v", err)
	}
	compiled, err := open(folder, "dict")
	if err != nil {
		t.Fatal(err)
	}
	if compiled.Fingerprint() != parsed.Fingerprint() {
		t.Error("the compiled form changes the fingerprint")
	}
	if compiled.vocabulary.runes != parsed.vocabulary.runes {
		t.Error("other characters")
	}
	for _, text := range slices.Concat(nasty, randomTexts(500), []string{"着名", "北大西洋", "β粒子哈利·波特"}) {
		folded := parsed.FoldString(text)
		joined := textnorm.Join(folded).Text
		if !slices.Equal(compiled.Words(folded), parsed.Words(folded)) ||
			!slices.Equal(compiled.Segment(joined), parsed.Segment(joined)) {
			t.Errorf("%q is segmented in another way", short(text))
		}
		if got, want := compiled.Spelling(joined), parsed.Spelling(joined); got != want {
			t.Errorf("%q is spelt %q, want %q", short(text), short(got), short(want))
		}
		if compiled.IsStopWord(folded) != parsed.IsStopWord(folded) {
			t.Errorf("%q is a stop word only for one of them", short(text))
		}
	}
}

func TestCompiledOfOtherFiles(t *testing.T) {
	folder := unusual()
	compile(t, folder)
	folder[userDictFile] = &fstest.MapFile{Data: []byte("东扩北约 900 n\n")}
	a, err := open(folder, "dict")
	if err != nil {
		t.Fatal(err)
	}
	if got := terms(a.Segment("东扩北约")); got != "东扩北约" {
		t.Errorf("segmented %s by dictionaries that were replaced", got)
	}
	// Synonyms may be replaced alone.
	folder = unusual()
	compile(t, folder)
	folder[SynonymsFile] = &fstest.MapFile{Data: []byte("北约,华约\n")}
	files, err := readFiles(folder, "dict")
	if err != nil {
		t.Fatal(err)
	}
	if d, err := readCompiled(folder, files, fingerprint(withoutSynonyms(files))); err != nil || d == nil {
		t.Errorf("the compiled form is not used with other synonyms: %v", err)
	}
}

func TestDamagedCompiled(t *testing.T) {
	folder := unusual()
	compile(t, folder)
	data := folder[compiledFile].Data
	for at := 0; at < len(data); at += 1 + len(data)/200 {
		damaged := slices.Clone(data)
		damaged[at] ^= 0x10
		folder[compiledFile] = &fstest.MapFile{Data: damaged}
		_, err := open(folder, "dict")
		want := compiledFile + ": damaged: restore the file" // of a generation, it mustn't be missing either
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Fatalf("byte %d: %v", at, err)
		}
	}
	for _, size := range []int{0, 10, compiledHead + 2, len(data) - 1} {
		folder[compiledFile] = &fstest.MapFile{Data: data[:size]}
		if _, err := open(folder, "dict"); err == nil {
			t.Errorf("%d bytes: no error", size)
		}
	}
}

// TestCompile compiles a folder on the disk, once: its file may be shared.
func TestCompile(t *testing.T) {
	dir := t.TempDir()
	if err := InstallFrom(unusual(), dir, ""); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := Compile(dir); err != nil {
			t.Fatal(err)
		}
	}
	a, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Open(dir, WithSegmenter(Gojieba))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	const text = "北约东扩与里亚布科夫"
	if got, want := terms(a.Segment(text)), terms(b.Segment(text)); got != want {
		t.Errorf("segmented %s, by gojieba %s", got, want)
	}
}

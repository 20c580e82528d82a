package analyzer

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func TestSynonyms(t *testing.T) {
	folder := small()
	folder[SynonymsFile] = &fstest.MapFile{Data: []byte("\uFEFF# Names\r\n北约 => 北大西洋公約組織, ＮＡＴＯ  # a comment\r\n\n" +
		"东扩，擴張\n# 北约 => 东扩\nC# => CSharp\n北约东扩 => 东进\n北约＝＞nato\n台灣, 台湾\n约 => 大约地\n约 => 约")}
	folder[scriptFile] = &fstest.MapFile{Data: []byte("約\t约\n組\t组\n織\t织\n擴\t扩\n張\t张\n灣\t湾\n")}
	a, err := open(folder, "dict")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for text, want := range map[string]string{ // parts and their synonyms
		"":           "",
		"北约":         "北约=北大西洋公约组织 北约=nato",
		" 北約 ":       "北约=北大西洋公约组织 北约=nato",
		"北约东扩":       "北约东扩=东进 北约=北大西洋公约组织 北约=nato 东扩=扩张",
		"扩张":         "扩张=东扩",
		"c#":         "c#=csharp",
		"nato":       "",
		"东扩,北约":      "东扩=扩张 北约=北大西洋公约组织 北约=nato",
		"台湾":         "", // one word in two scripts
		"约":          "约=大约地",
		"北约东扩" + "外": "北约=北大西洋公约组织 北约=nato 北约东扩=东进 东扩=扩张",
	} {
		folded := a.FoldString(text)
		var got []string
		for _, s := range a.Synonyms(folded, a.Segment(folded)) {
			got = append(got, folded[s.Start:s.End]+"="+s.Word)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", text, got, want)
		}
	}
}

func TestBadSynonyms(t *testing.T) {
	dir := t.TempDir()
	if err := Install(dir, ""); err != nil {
		t.Fatal(err)
	}
	many := make([]string, maxSynonyms+2)
	for i := range many {
		many[i] = fmt.Sprint("词", i)
	}
	for text, wants := range map[string][]string{
		"北大\n":              {":1: only one word"},
		"北大, 北京大学\n北大 =>\n": {":2: a word is missing"},
		"=> 北大\n\n,北大\n北大，，北京大学":       {":1: a word is missing", ":3: a word is missing", ":4: a word is missing"},
		"北大 => 北京大学 => 清华\n":           {":1: more than one =>"},
		"北大, ——\n":                     {`:1: word "——" has no letter or digit`},
		"北大, \xb1\xb1\n":               {":1: not UTF-8"},
		strings.Repeat("北", 65) + ",大": {":1: word of over 64 characters"},
		strings.Join(many, ","):        {":1: 词0 has over 32 synonyms"},
	} {
		path := filepath.Join(t.TempDir(), "syn.txt")
		saveFile(t, path, text)
		err := InstallSynonyms(dir, path)
		for _, want := range wants {
			if err == nil || !strings.Contains(err.Error(), path+want) {
				t.Errorf("%.40q: got %v, want %s", text, err, want)
			}
		}
		if _, err := os.Stat(filepath.Join(dir, SynonymsFile)); err == nil {
			t.Errorf("%.40q: the file was written", text)
		}
	}
	if err := InstallSynonyms(dir, "absent.txt"); err == nil || !strings.Contains(err.Error(), "absent.txt") {
		t.Errorf("absent synonyms: %v", err)
	}
}

// TestFingerprintCoversSynonyms checks that synonyms, or none, change the
// fingerprint.
func TestFingerprintCoversSynonyms(t *testing.T) {
	prints := map[string]bool{}
	for _, text := range []string{"", "北约, 北大西洋公约组织", "北约, nato"} {
		folder := small()
		if text != "" {
			folder[SynonymsFile] = &fstest.MapFile{Data: []byte(text)}
		}
		a, err := open(folder, "dict")
		if err != nil {
			t.Fatal(err)
		}
		prints[a.Fingerprint()] = true
		a.Close()
	}
	if len(prints) != 3 {
		t.Errorf("%d fingerprints of three analyzers", len(prints))
	}
}

// FuzzSynonyms checks that any file gives an error or synonyms of parts of the
// text that have letters.
func FuzzSynonyms(f *testing.F) {
	f.Add("北约 => 北大西洋公约组织, nato # 简称\n东扩，扩张\nC#,csharp", "北约东扩与c#")
	f.Add("=>\n,\n#", "北约")
	plain, err := open(small(), "dict")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, lines, text string) {
		s, err := parseSynonyms(file{name: SynonymsFile, where: SynonymsFile, data: []byte(lines)}, plain.Folder)
		if err != nil {
			if !strings.HasPrefix(err.Error(), SynonymsFile+":") {
				t.Fatalf("the error does not name the file: %v", err)
			}
			return
		}
		with := &Analyzer{Folder: plain.Folder, synonyms: s}
		folded := with.FoldString(text)
		for _, x := range with.Synonyms(folded, plain.Segment(folded)) {
			part := folded[x.Start:x.End]
			if part == x.Word || strings.IndexFunc(part, isTerm) < 0 || strings.IndexFunc(x.Word, isTerm) < 0 {
				t.Fatalf("%q is a synonym of %q", x.Word, part)
			}
		}
	})
}

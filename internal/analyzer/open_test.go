package analyzer

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"xunwen/internal/textnorm"
)

// small is a folder of small dictionaries.
func small() fstest.MapFS {
	folder := fstest.MapFS{}
	for name, text := range map[string]string{
		scriptFile:   "約\t约\n東\t东 東\n",
		hongKongFile: "衛\t衞\n",
		taiwanFile:   "着\t著\n",
		dictFile:     "北约 500 nz\n东扩 3 v\n北 900 ns\nT恤 3 n\n",
		modelFile:    smallModel,
		userDictFile: "",
		idfFile:      "北约 9.5\n",
		stopFile:     "的\nThe\n",
	} {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder
}

const smallModel = `# start
-0.26 -3.14e+100 -3.14e+100 -1.46
# transitions
-3.14e+100 -0.51 -0.91 -3.14e+100
-0.58 -3.14e+100 -3.14e+100 -0.80
-3.14e+100 -0.33 -1.26 -3.14e+100
-0.72 -3.14e+100 -3.14e+100 -0.66
# emissions
北:-10.4,东:-8.7
约:-9.2
外:-9.0
的:-2.5`

func TestOpenDamagedFiles(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"empty dictionary", dictFile, "", "jieba.dict.utf8: empty"},
		{"two columns", dictFile, "北约 500 nz\n东扩 3\n", "jieba.dict.utf8:2: want a word"},
		{"empty tag", dictFile, "北约 500 \n", "jieba.dict.utf8:1: want a word"},
		{"blank line", dictFile, "北约 500 nz\n\n", "jieba.dict.utf8:2: want a word"},
		{"two spaces", dictFile, "北约  500\n", "jieba.dict.utf8:1: want a word"},
		{"no frequency", dictFile, "北约 x nz\n", `frequency "x" is not a positive number`},
		{"zero", dictFile, "北约 0 nz\n", "not a positive number"},
		{"below zero", dictFile, "北约 -5 nz\n", "not a positive number"},
		{"too much", dictFile, "北约 1e300 nz\n", "not a positive number up to"},
		{"infinite", dictFile, "北约 inf nz\n", "not a positive number"},
		{"not a number", dictFile, "北约 nan nz\n", "not a positive number"},
		{"not UTF-8", dictFile, "北约 500 nz\n\xb1\xb1\xd4\xbc 3 nz\n", "jieba.dict.utf8:2: not UTF-8"},
		{"space in a word", dictFile, "北\u3000a\u3000b 500 nz\n", "white space"},
		{"NUL in a word", dictFile, "北\x00约 500 nz\n", "white space"},
		{"empty word", dictFile, " 500 nz\n", "jieba.dict.utf8:1: want a word"},
		{"only marks", dictFile, "—— 500 nz\n", "no letter or digit"},
		{"very long word", dictFile, strings.Repeat("北", 513) + " 5 nz\n", "over 512 characters"},
		{"only a byte order mark", dictFile, "\uFEFF", "no words"},
		{"empty model", modelFile, "", "hmm_model.utf8: empty"},
		{"truncated model", modelFile,
			smallModel[:strings.LastIndex(smallModel, "\n")], "hmm_model.utf8: 8 of 9 lines"},
		{"model truncated in a number", modelFile, strings.TrimSuffix(smallModel, "2.5"), "hmm_model.utf8:12: 的"},
		{"model with three states", modelFile, "1 2 3\n", "hmm_model.utf8:1: want 4 numbers"},
		{"model of words", modelFile, strings.Replace(smallModel, "约:", "北约:", 1), "hmm_model.utf8:10: want pairs"},
		{"model, empty pair", modelFile,
			strings.Replace(smallModel, "-9.2", "-9.2,", 1), "hmm_model.utf8:10: want pairs"},
		{"empty table of characters", scriptFile, "", "TSCharacters.txt: empty"},
		{"a character without target", scriptFile, "約\t约\n東\n", "TSCharacters.txt:2: want a character, a tab"},
		{"a blank line", scriptFile, "約\t约\n\n", "TSCharacters.txt:2: want a character, a tab"},
		{"two characters", scriptFile, "北約\t约\n", "TSCharacters.txt:1: want a character, a tab"},
		{"two targets in one", scriptFile, "約\t北约 约\n", "TSCharacters.txt:1: want a character, a tab"},
		{"a character twice", scriptFile, "約\t约\n約\t东\n", "TSCharacters.txt:2: 約 is listed twice"},
		{"no variants of Hong Kong", hongKongFile, "", "HKVariants.txt: empty"},
		{"a bad line of Taiwan", taiwanFile, "着\t著\n羣\n", "TWVariants.txt:2: want a character, a tab"},
		{"letters", scriptFile, "a\tb\n", "want ideographs"},
		{"a table that is not UTF-8", scriptFile, "約\t约\n\xff\t约\n", "TSCharacters.txt:2: not UTF-8"},
		{"weights", idfFile, "北约\n", "idf.utf8:1: want a word and its weight"},
		{"empty weights", idfFile, "", "idf.utf8: empty"},
		{"empty stop words", stopFile, "", "stop_words.utf8: empty"},
		{"stop words not UTF-8", stopFile, "的\n\xff\n", "stop_words.utf8:2: not UTF-8"},
		{"user words", userDictFile, "北约 很多 nz x\n", "user.dict.utf8:1: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder := small()
			folder[c.file] = &fstest.MapFile{Data: []byte(c.text)}
			_, err := open(folder, "dict")
			where := filepath.Join("dict", c.file)
			if err == nil || !strings.Contains(err.Error(), where) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q in %s", err, c.want, where)
			}
		})
	}
	for _, name := range fileNames {
		folder := small()
		delete(folder, name)
		if _, err := open(folder, "dict"); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("without %s: %v", name, err)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "absent")); err == nil {
		t.Error("no error for an absent folder")
	}
}

// TestFrequenciesOfSpellingsAddUp: lines that fold alike count together; without
// that the last one would set the frequency of the word.
func TestFrequenciesOfSpellingsAddUp(t *testing.T) {
	folder := small()
	folder[dictFile] = &fstest.MapFile{Data: []byte("北约 500 nz\n北約 1 nz\n北 900 ns\n约 900 d\n")}
	a, err := open(folder, "dict")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if got := terms(a.Segment(a.FoldString("北約約北约"))); got != "北约/约/北约" {
		t.Errorf("segmented %s", got)
	}
}

func TestUserDict(t *testing.T) {
	// A path with the characters that jieba takes for separators, and a space.
	dir := filepath.Join(t.TempDir(), "a|b;c d")
	user := filepath.Join(t.TempDir(), "mine.txt")
	saveFile(t, user, "\uFEFF里亚布科夫\r\n\n谭德塞 100\n星舰 20 nz\n歼－２０ 5\nＡＧ６００ 9 nz\n天问一号 x\n中国政府\n哈利·波特\nβ粒子 3")
	if err := Install(dir, user); err != nil {
		t.Fatal(err)
	}
	a, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	const text = "里亚布科夫会见谭德塞,谈到歼-20、ag600和天问一号,中国政府"
	joined := textnorm.Join(text).Text
	if got, want := terms(a.Segment(joined)), "里亚布科夫/会见/谭德塞/谈到/歼20/ag600/和/天问一号/中国政府"; got != want {
		t.Errorf("with a user dictionary: %s, want %s", got, want)
	}
	// The dot and the β, which the dictionary now contains, must not spoil the
	// recognition of new words after them.
	for _, text := range []string{"哈利·波特/与/飓风/菲奥娜", "β粒子/与/β/扎伊/诺娃", "哈利·/扎伊/诺娃·/波特"} {
		text, want := strings.ReplaceAll(text, "/", ""), strings.ReplaceAll(text, "·", "")
		if got := terms(a.Segment(textnorm.Join(text).Text)); got != want {
			t.Errorf("%s is segmented %s, want %s", text, got, want)
		}
	}
	if a.Fingerprint() == sharedAnalyzer(t).Fingerprint() || len(a.Fingerprint()) != 64 {
		t.Errorf("fingerprint %s does not depend on the user dictionary", a.Fingerprint())
	}
	if got := terms(a.Segment("云计算")); got != "云计算" {
		t.Errorf("the words of jieba's own user dictionary are lost: %s", got)
	}
	a.Close()
}

func TestBadUserDictWritesNothing(t *testing.T) {
	for text, want := range map[string]string{
		"北约\n东扩 3 nz 4\n":      ":2: want a word",
		"北约\n\n东扩 nz n\n":      `:3: frequency "nz"`,
		"东扩 0 nz\n":            `:1: frequency "0"`,
		"东扩 1.5\n":             `:1: frequency "1.5"`,
		"东扩 -3\n":              `:1: frequency "-3"`,
		"东扩 9999999999\n":      `:1: frequency "9999999999"`,
		"——\n":                 ":1: word",
		"北。约\n":                ":1: word",
		"北约\n\xb1\xb1\xd4\xbc": ":2: not UTF-8",
	} {
		user := filepath.Join(t.TempDir(), "mine.txt")
		saveFile(t, user, text)
		dir := filepath.Join(t.TempDir(), "analyzer")
		err := Install(dir, user)
		if err == nil || !strings.HasPrefix(err.Error(), user+want) {
			t.Errorf("%q: got %v, want %s%s", text, err, user, want)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%q: the folder was written", text)
		}
	}
	if err := Install(t.TempDir(), "absent.txt"); err == nil || !strings.Contains(err.Error(), "absent.txt") {
		t.Errorf("an absent user dictionary: %v", err)
	}
}

func TestInstall(t *testing.T) {
	dir := t.TempDir()
	if err := Install(dir, ""); err != nil {
		t.Fatal(err)
	}
	a, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for _, name := range fileNames {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
	if got, want := a.Fingerprint(), sharedAnalyzer(t).Fingerprint(); got != want {
		t.Errorf("fingerprint of the folder is %s, of the installed files %s", got, want)
	}
	if err := Install(filepath.Join(dir, dictFile), ""); err == nil {
		t.Error("no error where a file has the name of the folder")
	}
}

func saveFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// FuzzOpen checks that any files give an error or a working analyzer: cppjieba
// must never abort the process.
func FuzzOpen(f *testing.F) {
	read := func(name string) string {
		data, err := fs.ReadFile(small(), name)
		if err != nil {
			f.Fatal(err)
		}
		return string(data)
	}
	f.Add(read(dictFile), read(modelFile), "里亚布科夫 5 nz\n北约\n", "北约东扩")
	f.Add("北约 0x_1p3 n\n", read(modelFile), "C 1", "c919")
	f.Add("北 1e300 n\n约 1e300 n\n", read(modelFile), "北\n约 1000000000\n", "北约 北约")
	f.Fuzz(func(t *testing.T, words, model, user, text string) {
		folder := small()
		folder[dictFile] = &fstest.MapFile{Data: []byte(words)}
		folder[modelFile] = &fstest.MapFile{Data: []byte(model)}
		folder[userDictFile] = &fstest.MapFile{Data: []byte(user)}
		a, err := open(folder, "dict")
		if err != nil {
			return
		}
		defer a.Close()
		a.checkWords(t, text)
		a.checkSegment(t, text+user)
	})
}

package analyzer

import (
	"slices"
	"strings"
	"testing"
)

// TestBuiltinSynonyms checks the program's own synonyms: every line is right, no
// group repeats another, and each is below the heading of a topic.
func TestBuiltinSynonyms(t *testing.T) {
	dir := t.TempDir()
	if err := Install(dir, ""); err != nil {
		t.Fatal(err)
	}
	if err := InstallSynonyms(dir, BuiltinSynonyms); err != nil {
		t.Fatal(err)
	}
	a, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	groups, topics, topic := 0, 0, ""
	seen := map[[2]string]string{}
	for line := range strings.Lines(string(builtinSynonyms)) {
		line = strings.TrimSpace(line)
		if heading, ok := strings.CutPrefix(line, "#"); ok || line == "" {
			if topic = heading; ok && heading != "" {
				topics++
			}
			continue
		}
		from, to, err := parseGroup(narrowSigns.Replace(line), a.Folder)
		if err != nil || len(from) == 0 {
			t.Fatalf("%s: %v", line, err)
		}
		groups++
		if topic == "" {
			t.Errorf("%s has no topic", line)
		}
		checkGroup(t, line, from, to, seen)
	}
	if groups < 600 || topics < 10 {
		t.Errorf("%d groups in %d topics", groups, topics)
	}
}

// checkGroup checks that a word finds another once and never itself.
func checkGroup(t *testing.T, line string, from, to []string, seen map[[2]string]string) {
	oneWay := strings.Contains(line, "=>")
	for _, word := range from {
		if oneWay && slices.Contains(to, word) {
			t.Errorf("%s: %s is a synonym of itself", line, word)
		}
		for _, other := range to {
			pair := [2]string{word, other}
			if word != other && seen[pair] != "" {
				t.Errorf("%s: %s finds %s by %q already", line, word, other, seen[pair])
			}
			seen[pair] = line
		}
	}
	if all := slices.Sorted(slices.Values(from)); len(slices.Compact(all)) < len(from) {
		t.Errorf("%s: a word twice", line)
	}
}

// TestCombineSynonyms checks that files add to the program's synonyms, and that an
// error names the right one.
func TestCombineSynonyms(t *testing.T) {
	dir := t.TempDir()
	if err := Install(dir, ""); err != nil {
		t.Fatal(err)
	}
	good, bad := t.TempDir()+"/good.txt", t.TempDir()+"/bad.txt"
	saveFile(t, good, "\uFEFF青大 => 青禾大学")
	saveFile(t, bad, "青大")
	if err := InstallSynonyms(dir, BuiltinSynonyms, bad); err == nil || !strings.Contains(err.Error(), bad+":1: ") {
		t.Errorf("a bad file: %v", err)
	}
	if err := InstallSynonyms(dir, good, BuiltinSynonyms); err != nil {
		t.Fatal(err)
	}
	a, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for word, want := range map[string]string{"青大": "青禾大学", "冬奥会": "冬季奥林匹克运动会", "紐西蘭": "新西兰",
		"人大": "人民代表大会", "人民代表大会": "", "国民生产总值": "gnp"} {
		folded := a.FoldString(word)
		var got []string
		for _, s := range a.Synonyms(folded, a.Segment(folded)) {
			got = append(got, s.Word)
		}
		if want == "" && len(got) > 0 || want != "" && !slices.Contains(got, want) {
			t.Errorf("%s finds %v, want %s", word, got, want)
		}
	}
}

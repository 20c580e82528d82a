package news

import "testing"

func TestPageNumber(t *testing.T) {
	for text, want := range map[string]string{
		"1": "1", "01": "1", "第1版": "1", "第01版": "1", " 第 1 版 ": "1", "10": "10", "100版": "100", "00": "0",
		"A01": "A1", "A1": "A1", "第A01版": "A1", "a01": "a1", "A10": "A10", "B-02": "B2",
		"": "", "特1": "特1", "1-2": "1-2", "头版": "头版",
	} {
		if got := PageNumber(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

package legible_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"xunwen/internal/source/legible"
)

const (
	simplified  = "昨天上午九时，柳河新桥正式建成通车。市民代表走上桥面，见证这一时刻。据介绍，新桥全长八百二十米，双向六车道。"
	traditional = "昨天上午九時，柳河新橋正式建成通車。市民代表走上橋面，見證這一時刻。據介紹，新橋全長八百二十米，雙向六車道。"
)

func TestReadable(t *testing.T) {
	for _, text := range []string{
		"", "桥", simplified, traditional, "The bridge was opened on Tuesday, officials said.",
		"Ré\u00adsumé naïve façade",
		"锛 是一个字，鐨也是一个字。" + simplified, "龘靐齉爩鱻麤灪龗", "2024-03-05 100 3.5% 8:30", "¥$€£",
		"André Müller, Zoë Brontë, São Paulo, Łódź, Đà Nẵng, Ångström: " +
			strings.Repeat("é à ü ", 8) + "and so on and on",
		"这里有一个\ufffd坏字。" + simplified,
	} {
		if reason := legible.Check(text); reason != "" {
			t.Errorf("%q: %s", text, reason)
		}
	}
}

// TestWrongEncodings decodes texts in the wrong encoding.
func TestWrongEncodings(t *testing.T) {
	latin := func(b string) string {
		out, _ := charmap.ISO8859_1.NewDecoder().String(b)
		return out
	}
	windows := func(b string) string {
		out, _ := charmap.Windows1252.NewDecoder().String(b)
		return out
	}
	for _, text := range []string{simplified, traditional, simplified[:60]} {
		asGBK, _ := simplifiedchinese.GBK.NewDecoder().String(text)
		inGBK, err := simplifiedchinese.GBK.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		replaced := strings.ToValidUTF8(inGBK, "\ufffd")
		twice, _ := simplifiedchinese.GBK.NewDecoder().String(strings.Repeat("\ufffd", 8))
		for name, wrong := range map[string]string{
			"UTF-8 as GBK": asGBK, "UTF-8 as Latin-1": latin(text), "UTF-8 as Windows-1252": windows(text),
			"GBK as Latin-1": latin(inGBK), "GBK as UTF-8": strings.Repeat(replaced, 3), "twice": twice,
		} {
			if legible.Check(wrong) == "" {
				t.Errorf("%s passes: %q", name, wrong)
			}
		}
	}
}

func TestNoise(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var han strings.Builder
	for range 400 {
		han.WriteRune(0x4e00 + rune(random.IntN(0x5000)))
	}
	for _, text := range []string{han.String(), strings.Repeat("!\"#$%&'()*+", 9)} {
		if legible.Check(text) == "" {
			t.Errorf("passes: %q", text)
		}
	}
}

// FuzzCheck checks that nothing panics, that a reason is a line, and that it doesn't depend on how
// a text is divided.
func FuzzCheck(f *testing.F) {
	for _, text := range []string{simplified, traditional,
		"锟斤拷锟斤拷", "é\u009d\u0092å·\u009d", "鏂版ˉ閫氳溅", "\ufffd\ufffd\ufffd"} {
		f.Add(text, uint16(7))
	}
	f.Fuzz(func(t *testing.T, text string, at uint16) {
		if !utf8.ValidString(text) {
			return
		}
		reason := legible.Check(text)
		if strings.ContainsAny(reason, "\n\r") {
			t.Errorf("%q: %q", text, reason)
		}
		cut := min(int(at), len(text))
		for cut < len(text) && !utf8.RuneStart(text[cut]) {
			cut++
		}
		if got := legible.Check(text[:cut], text[cut:]); got != reason {
			t.Errorf("%q: %q, divided at %d: %q", text, reason, cut, got)
		}
	})
}

package charset

import (
	"bytes"
	"slices"

	"github.com/wlynxg/chardet"
	"github.com/wlynxg/chardet/consts"
)

const (
	// judgedBytes is how much of a text tells GB18030 from Big5: some five
	// thousand characters, a millisecond of the detector's time.
	judgedBytes = 16 << 10
	// trusted is the detector's confidence from which its word counts, where the
	// share of common characters doesn't speak against it. On 400 texts each of
	// 16 to 1,000 characters, right answers had .55 or more; wrong ones .20 to
	// .35, and three times .99.
	trusted = .5
	// commonShare of the pairs of Chinese news are among the characters that
	// the encodings' first planes hold; what has fewer isn't Chinese.
	commonShare = .6
	// surePairs is how many pairs make the share of common ones sure.
	surePairs = 16
)

// chinese are the languages the detector is asked about. It looks at the other
// encodings of East Asia all the same, but not at two dozen of one byte a
// character, for which it would take unusual Chinese.
const chinese = consts.ChineseSimplifiedLangFilter | consts.ChineseTraditionalLangFilter

// foreign are encodings that pass for GB18030 byte by byte. Where the detector
// is certain of one, the text isn't Chinese in an encoding of ours.
var foreign = []string{consts.ShiftJis, consts.EucJp, consts.EucKr, consts.CP949, consts.EucTw}

// certain is the detector's confidence in a foreign encoding that outweighs
// the shares of common characters.
const certain = .95

// judge says whether a text beyond ASCII that isn't UTF-8 or UTF-16 is GB18030
// or Big5. Sure is false for a text so short that another text of the same
// file should have a say. Neither of both is "".
func judge(b []byte) (e Encoding, sure bool) {
	w := window(b)
	d := chardet.NewUniversalDetector(chinese)
	d.Feed(w)
	found := d.GetResult()
	gb, pairs := commonGB(w)
	five, _ := commonBig5(w)
	sure = pairs >= surePairs
	switch {
	case slices.Contains(foreign, found.Encoding) && found.Confidence >= certain && sure:
		return "", true
	case found.Encoding == consts.GB2312 && found.Confidence >= trusted && gb >= commonShare/2:
		return GB18030, sure
	case found.Encoding == consts.Big5 && found.Confidence >= trusted && five >= commonShare/2:
		return Big5, sure
	case gb >= commonShare && gb >= five:
		return GB18030, sure
	case five >= commonShare:
		return Big5, sure
	}
	return "", false
}

// window is the part of a text that is judged: from its first byte beyond
// ASCII on.
func window(b []byte) []byte {
	from := bytes.IndexFunc(b, func(r rune) bool { return r >= 0x80 })
	if from < 0 {
		return nil
	}
	return b[from:min(len(b), from+judgedBytes)]
}

// commonGB is the share of pairs that are among the 3,755 most used characters
// of GB 2312 or its punctuation, and the number of pairs.
func commonGB(b []byte) (share float64, pairs int) {
	return share2(b, sizeGB18030, func(lead, trail byte) bool {
		return trail >= 0xa1 && (between(lead, 0xa1, 0xa3) || between(lead, 0xb0, 0xd7))
	})
}

// commonBig5 is the same for the 5,401 most used characters of Big5.
func commonBig5(b []byte) (share float64, pairs int) {
	return share2(b, sizeBig5, func(lead, _ byte) bool { return between(lead, 0xa1, 0xc6) })
}

func share2(b []byte, size func([]byte) int, common func(lead, trail byte) bool) (share float64, pairs int) {
	good := 0
	for i := 0; i < len(b); {
		n := size(b[i:])
		switch {
		case n == 2:
			pairs++
			if common(b[i], b[i+1]) {
				good++
			}
		case n == 0:
			pairs++ // broken: counts against
			n = 1
		}
		i += n
	}
	if pairs == 0 {
		return 0, 0
	}
	return float64(good) / float64(pairs), pairs
}

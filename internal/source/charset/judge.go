package charset

import (
	"bytes"
	"slices"

	"github.com/wlynxg/chardet"
	"github.com/wlynxg/chardet/consts"
)

const (
	// judgedBytes is how much of a text is examined to distinguish GB18030 from
	// Big5: about five thousand characters, which take the detector a millisecond.
	judgedBytes = 16 << 10
	// trusted is the lowest confidence at which the detector's answer counts, unless
	// the share of common characters contradicts it. On 400 texts each of 16 to
	// 1,000 characters, correct answers had 0.55 or more, wrong ones 0.20 to 0.35,
	// and three times 0.99.
	trusted = 0.5
	// commonShare is the least share of common characters (the first levels of the
	// encodings) among the pairs of Chinese news; a text with fewer isn't Chinese.
	commonShare = 0.6
	// surePairs is the number of pairs from which the share of common ones is
	// reliable.
	surePairs = 16
)

// chinese selects the languages that the detector considers. It still considers the other
// encodings of East Asia, but not two dozen single-byte ones, for which it would mistake
// unusual Chinese.
const chinese = consts.ChineseSimplifiedLangFilter | consts.ChineseTraditionalLangFilter

// foreign are encodings whose bytes are valid GB18030. If the detector is certain of one,
// the text isn't Chinese in one of our encodings.
var foreign = []string{consts.ShiftJis, consts.EucJp, consts.EucKr, consts.CP949, consts.EucTw}

// certain is the confidence from which a foreign encoding outweighs the shares of common
// characters.
const certain = 0.95

// judge decides whether a non-ASCII text that is neither UTF-8 nor UTF-16 is GB18030 or
// Big5; "" if it is neither. sure is false for a text so short that other texts of the
// same file should count too.
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

// window returns the part of a text to examine, from its first non-ASCII byte on.
func window(b []byte) []byte {
	from := bytes.IndexFunc(b, func(r rune) bool { return r >= 0x80 })
	if from < 0 {
		return nil
	}
	return b[from:min(len(b), from+judgedBytes)]
}

// commonGB returns the number of pairs and the share of them that are among the 3,755 most
// used characters of GB 2312 or its punctuation.
func commonGB(b []byte) (share float64, pairs int) {
	return share2(b, sizeGB18030, func(lead, trail byte) bool {
		return trail >= 0xa1 && (between(lead, 0xa1, 0xa3) || between(lead, 0xb0, 0xd7))
	})
}

// commonBig5 does the same for the 5,401 most used characters of Big5.
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
			pairs++ // an invalid pair counts against the encoding
			n = 1
		}
		i += n
	}
	if pairs == 0 {
		return 0, 0
	}
	return float64(good) / float64(pairs), pairs
}

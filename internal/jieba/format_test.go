package jieba

import (
	"bytes"
	"errors"
	"slices"
	"testing"
)

func binaryForm(t testing.TB) []byte {
	t.Helper()
	data, err := newSmall(t).AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestBinaryForm(t *testing.T) {
	data := binaryForm(t)
	s, err := Load(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if got := words(c.text, s.CutForSearch(nil, []byte(c.text))); got != c.search {
			t.Errorf("%s: CutForSearch(%q) = %s, want %s", c.name, c.text, got, c.search)
		}
	}
	for _, w := range small().Words {
		if !s.Contains(w.Text) {
			t.Errorf("%s is lost", w.Text)
		}
	}
	again, err := s.AppendBinary([]byte("before"))
	if err != nil || len(again) != len("before")+len(data) {
		t.Errorf("%d bytes, written again %d: %v", len(data), len(again), err)
	}
}

func TestBadBinaryForm(t *testing.T) {
	data := binaryForm(t)
	for name, bad := range map[string][]byte{
		"empty":         nil,
		"short":         data[:len(data)-1],
		"long":          append(slices.Clip(data), 0),
		"other version": append([]byte{9}, data[1:]...),
		"many words":    append(append(slices.Clone(data[:12]), 0xff, 0xff, 0xff, 0xff), data[16:]...),
	} {
		if _, err := Load(bad); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzLoad checks that damaged data gives an error or a segmenter that does not fail.
func FuzzLoad(f *testing.F) {
	data := binaryForm(f)
	f.Add(0, byte(0), "北约东扩")
	f.Add(len(data)-1, byte(1), "中华人民共和国")
	f.Fuzz(func(t *testing.T, at int, value byte, text string) {
		damaged := bytes.Clone(data)
		if at >= 0 && at < len(damaged) {
			damaged[at] ^= value
		}
		s, err := Load(damaged)
		if err != nil {
			return
		}
		s.CutForSearch(nil, []byte(text))
		s.Contains(text)
	})
}

// TestDamagedBinaryForm damages bytes of all tables.
func TestDamagedBinaryForm(t *testing.T) {
	data := binaryForm(t)
	for at := 0; at < len(data); at += 7 {
		data[at] ^= 0xff
		if s, err := Load(data); err == nil {
			for _, c := range cases {
				s.CutForSearch(nil, []byte(c.text))
				s.Contains(c.text)
			}
		}
		data[at] ^= 0xff
	}
}

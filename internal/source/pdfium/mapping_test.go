package pdfium

import (
	"strings"
	"testing"
)

func TestMapping(t *testing.T) {
	tests := []struct {
		name, text string
		unmapped   bool
		refused    bool
	}{
		{"text", strings.Repeat("大桥通车", 10), false, false},
		{"one character of the paper's own font", strings.Repeat("大桥通车", 10) + "\ue001", false, false},
		{"private use", strings.Repeat("\ue001\ue002", 20), false, true},
		{"nothing known", strings.Repeat("\x00", 40), false, true},
		{"a broken map", strings.Repeat("!\"#$", 10), true, true},
		{"a folio", "\ue001\ue002", true, false},
	}
	for _, tt := range tests {
		var m mapping
		for _, r := range tt.text {
			m.add(r, func() bool { return tt.unmapped })
		}
		if err := m.err(); (err != nil) != tt.refused {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

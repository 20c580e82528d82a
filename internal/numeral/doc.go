// Package numeral finds the numbers of a folded text and writes those in
// characters with digits and the other way round: 二〇一七年 and 2017年, 二十大
// and 20大, 百分之五 and 5%.
//
// Start with alternatives.go. scan.go finds the numbers; spell.go converts one;
// units.go has the words that make a number of a character: 三 is one in 三月,
// and none in 三峡.
//
// It imports nothing of this project.
package numeral

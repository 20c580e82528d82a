package wording

// SignIn is what the page for signing in says, and what leads out again.
type SignIn struct {
	Title, About, Key, Wrong string
	Already, GoOn            string // for who is signed in and comes from another site
	SignOut                  string
}

func newSignIn(say pick) SignIn {
	return SignIn{
		Title:   say("登录", "Sign in"),
		About:   say("这里要凭密钥阅读。密钥由管理员发给你。", "Reading here takes a key, which whoever runs this site gives you."),
		Key:     say("密钥", "Key"),
		Wrong:   say("这个密钥无效，请检查后再输入。", "This key doesn’t hold. Check it and try again."),
		Already: say("已经登录过？", "Signed in already? "),
		GoOn:    say("继续", "Go on"),
		SignOut: say("退出", "Sign out"),
	}
}

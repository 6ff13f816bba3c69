// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.spi.Caller;
import java.util.LinkedHashSet;
import java.util.Set;

/** Who may have a role: {@code user:ann} or {@code bundle:com.acme.reports}. */
record Member(Caller.Kind kind, String name) {

    private static final int LONGEST = 200;
    private static final String USER = "user:";
    private static final String BUNDLE = "bundle:";

    /** Reads {@code user:ann, bundle:com.acme.reports}. */
    static Set<Member> list(String text) {
        Set<Member> members = new LinkedHashSet<>();
        for (String each : text.split(",", -1)) {
            members.add(parse(each.strip()));
        }
        return members;
    }

    private static Member parse(String text) {
        boolean user = text.startsWith(USER);
        String name = text.substring(user ? USER.length() : text.startsWith(BUNDLE) ? BUNDLE.length() : 0);
        if (name.equals(text) || name.isBlank() || name.length() > LONGEST || !name.equals(name.strip())) {
            throw new IllegalArgumentException(
                    "use user:NAME or bundle:SYMBOLIC.NAME, several with commas, such as user:ann,"
                            + " bundle:com.acme.reports");
        }
        if (name.equals(HistoryEvent.HOST)) {
            throw new IllegalArgumentException("the name " + name + " is the host's own; use another");
        }
        return new Member(user ? Caller.Kind.USER : Caller.Kind.BUNDLE, name);
    }

    @Override
    public String toString() {
        return (kind == Caller.Kind.USER ? USER : BUNDLE) + name;
    }
}

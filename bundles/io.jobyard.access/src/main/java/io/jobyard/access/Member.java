// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.HistoryEvent;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.UserNames;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A member of a role: {@code user:ann}, {@code bundle:com.acme.reports} or {@code sql:shop}. */
record Member(Caller.CallerKind kind, String name) {

    private static final int LONGEST = 200;
    private static final Map<String, Caller.CallerKind> KINDS =
            Map.of("user", Caller.CallerKind.USER, "bundle", Caller.CallerKind.BUNDLE, "sql", Caller.CallerKind.SQL);

    /** Parses {@code user:ann, bundle:com.acme.reports}. */
    static Set<Member> list(String text) {
        Set<Member> members = new LinkedHashSet<>();
        for (String each : text.split(",", -1)) {
            members.add(parse(each.strip()));
        }
        return members;
    }

    private static Member parse(String text) {
        int colon = text.indexOf(':');
        Caller.CallerKind kind = KINDS.get(text.substring(0, Math.max(colon, 0)));
        String name = text.substring(colon + 1);
        if (kind == null || name.isBlank() || name.length() > LONGEST || !name.equals(name.strip())) {
            throw new IllegalArgumentException(
                    "use user:NAME, bundle:SYMBOLIC.NAME or sql:ROLE, separated by commas, for example user:ann,"
                            + " bundle:com.acme.reports");
        }
        if (name.equals(HistoryEvent.HOST)) {
            throw new IllegalArgumentException("the name " + name + " is reserved for the host; use another name");
        }
        String fault = kind == Caller.CallerKind.BUNDLE ? null : UserNames.fault(name);
        if (fault != null) {
            throw new IllegalArgumentException("invalid name: " + fault);
        }
        return new Member(kind, name);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + name;
    }
}

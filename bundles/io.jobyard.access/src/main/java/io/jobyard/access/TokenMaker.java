// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.ValidationException;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.Permission;
import io.jobyard.api.spi.TokenScope;
import io.jobyard.api.spi.VisibleText;
import io.jobyard.api.spi.identity.IdentityStore;
import io.jobyard.api.spi.identity.NewToken;
import io.jobyard.api.spi.identity.StoredToken;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes tokens: by a token none that is good for more than this one, or for longer. */
final class TokenMaker {

    /** Histories name tokens, so a name holds nothing that could be read as something else. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private static final Duration LONGEST = Duration.ofDays(3_653);

    private final IdentityStore store;
    private final RandomSecret random = new RandomSecret();

    TokenMaker(IdentityStore store) {
        this.store = store;
    }

    NewToken make(
            Caller caller,
            String owner,
            String name,
            @Nullable Set<Permission> permissions,
            @Nullable Duration life,
            Instant now) {
        if (!NAME.matcher(name).matches()) {
            throw new ValidationException("token '" + VisibleText.line(name)
                    + "' is refused: use a name of 1 to 100 of the characters A-Z a-z 0-9 . _ -");
        } else if (permissions != null && permissions.isEmpty()) {
            throw new ValidationException(
                    "a token without permissions is good for nothing; name some, or leave them out");
        } else if (life != null && (life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0)) {
            throw new ValidationException("a token is good for up to " + LONGEST.toDays() + " days, or without an end");
        }
        String secret = RandomSecret.TOKEN + random.next();
        StoredToken token = new StoredToken(
                RandomSecret.hash(secret),
                owner,
                name,
                within(caller.scope(), permissions),
                now,
                caller.inFull(),
                end(caller, life == null ? null : now.plus(life)),
                null,
                null);
        return new NewToken(token, secret);
    }

    private static @Nullable Set<Permission> within(@Nullable TokenScope scope, @Nullable Set<Permission> wanted) {
        if (scope == null) {
            return wanted;
        } else if (wanted == null) {
            return scope.permissions();
        }
        Set<Permission> more = EnumSet.copyOf(wanted);
        more.removeAll(scope.permissions());
        if (!more.isEmpty()) {
            throw new ValidationException("token " + scope.token() + " was made without " + texts(more)
                    + ", so it makes no token that has that; leave it out, or ask otherwise than by this token");
        }
        return wanted;
    }

    private @Nullable Instant end(Caller caller, @Nullable Instant wanted) {
        TokenScope scope = caller.scope();
        if (scope == null) {
            return wanted;
        }
        return store.tokens(caller.name()).stream()
                .filter(token -> token.name().equals(scope.token()))
                .flatMap(token -> Stream.ofNullable(token.expiresAt()))
                .filter(end -> wanted == null || end.isBefore(wanted))
                .findFirst()
                .orElse(wanted);
    }

    /** With what the maker of a token ends, if it has shown that token; nobody who has shown none is called so. */
    static String maker(String owner, String name) {
        return Caller.user(owner)
                .by(new TokenScope(name, EnumSet.allOf(Permission.class)))
                .inFull();
    }

    /** For the audit. */
    static String words(StoredToken token) {
        return "token " + token.name() + ", good for "
                + (token.permissions() == null ? "all that its owner may do" : texts(token.permissions()))
                + (token.expiresAt() == null ? "" : ", until " + token.expiresAt());
    }

    private static String texts(Set<Permission> permissions) {
        return permissions.stream().map(Permission::text).sorted().collect(Collectors.joining(", "));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.access.TokenScope;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.identity.NewToken;
import io.jobyard.spi.identity.StoredToken;
import io.jobyard.spi.text.VisibleText;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates tokens. A token cannot create a token with more permissions or a longer lifetime. */
final class TokenMaker {

    /** Characters of token names. Histories show them, so they exclude characters with a meaning there. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private static final Duration LONGEST = Duration.ofDays(3_653);

    private final IdentityStore store;
    private final RoleRegistry roles;
    private final RandomSecret random = new RandomSecret();

    TokenMaker(IdentityStore store, RoleRegistry roles) {
        this.store = store;
        this.roles = roles;
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
                    + "': invalid name: use 1 to 100 of the characters A-Z a-z 0-9 . _ -");
        } else if (permissions != null && permissions.isEmpty()) {
            throw new ValidationException(
                    "missing permissions: a token needs at least one; name some, or omit permissions to allow all");
        } else if (life != null && (life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0)) {
            throw new ValidationException("invalid lifetime: a token can be valid for up to " + LONGEST.toDays()
                    + " days, or without an end");
        }
        TokenScope scope = caller.scope();
        @Nullable
        StoredToken bound = scope == null ? null : bound(caller.speaker().name(), scope.token(), owner, now);
        String secret = RandomSecret.TOKEN + random.next();
        StoredToken wanted = new StoredToken(
                RandomSecret.hash(secret),
                owner,
                name,
                permissions,
                now,
                caller.inFull(),
                new StoredToken.TokenLife(life == null ? null : now.plus(life), null, null));
        return new NewToken(bound == null ? wanted : within(bound, wanted), secret);
    }

    /**
     * Returns the caller's own token, whose limits apply to the new token. For another user, also limits it to the permissions of the
     * caller's own user.
     */
    private StoredToken bound(String maker, String name, String owner, Instant now) {
        TokenChain chain = new TokenChain(store.tokens(null));
        StoredToken bound = store.tokens(maker).stream()
                .filter(token -> token.name().equals(name))
                .flatMap(token -> chain.bounded(token).stream())
                .filter(token -> !token.isFinished(now))
                .findFirst()
                .orElseThrow(() -> new ValidationException("token " + name + " of " + maker
                        + " has expired or was revoked, so it cannot create tokens; use a valid token"));
        Set<Permission> granted = roles.current().of(Caller.user(maker)).permissions();
        return maker.equals(owner) ? bound : bound.granting(granted);
    }

    private static StoredToken within(StoredToken bound, StoredToken wanted) {
        if (wanted.permissions() != null && bound.permissions() != null) {
            Set<Permission> more = EnumSet.copyOf(wanted.permissions());
            more.removeAll(bound.permissions());
            if (!more.isEmpty()) {
                throw new ValidationException(
                        "token " + bound.name() + " of " + bound.owner() + " does not include permission " + texts(more)
                                + ", so it cannot create a token with it; omit the permission, or sign in without this token");
            }
        }
        return wanted.within(bound);
    }

    /** Describes a token for the audit. */
    static String words(StoredToken token) {
        return "token " + token.name() + ", for "
                + (token.permissions() == null ? "all permissions of its owner" : texts(token.permissions()))
                + (token.life().expiresAt() == null
                        ? ""
                        : ", until " + token.life().expiresAt());
    }

    private static String texts(Set<Permission> permissions) {
        return permissions.stream().map(Permission::text).sorted().collect(Collectors.joining(", "));
    }
}

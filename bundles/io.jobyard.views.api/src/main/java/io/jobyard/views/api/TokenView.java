// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.spi.access.Permission;
import io.jobyard.spi.identity.NewToken;
import io.jobyard.spi.identity.StoredToken;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens, by which programs ask for a user. Their secrets are in none but that of a new one. */
public final class TokenView {

    /** One token. */
    public static final View<StoredToken> TOKEN = View.<StoredToken>of(
                    "token", "A token, by which a program asks for a user.")
            .text("user", "the user for whom it asks", StoredToken::owner)
            .text("name", "what it is called", StoredToken::name)
            .texts(
                    "permissions?",
                    "what it is good for, of what its user may do; null for all of that",
                    token -> texts(token.permissions()))
            .instant("createdAt", "when it was made", StoredToken::createdAt)
            .text("createdBy", "by whom", StoredToken::createdBy)
            .instant(
                    "expiresAt?",
                    "from when on it is refused; null if it does not expire",
                    token -> token.life().expiresAt())
            .instant(
                    "usedAt?",
                    "when it was used last, to the minute; null if never",
                    token -> token.life().usedAt())
            .instant(
                    "revokedAt?",
                    "since when it is revoked; null if it is not",
                    token -> token.life().revokedAt());

    /** All tokens that the caller may see. */
    public static final View<List<StoredToken>> TOKENS = View.<List<StoredToken>>of(
                    "tokens", "Tokens, also those that are over.")
            .list("tokens", TOKEN, "each token, by user and name", tokens -> tokens);

    /** A token that was just made. */
    public static final View<NewToken> NEW_TOKEN = View.<NewToken>of("new token", "A token that was just made.")
            .text("secret", "what a program shows; it is told this once", NewToken::secret)
            .one("token", TOKEN, "what it is", NewToken::token);

    /** A token was revoked. */
    public static final View<Revoked> REVOKED = View.<Revoked>of("revoked token", "A token was revoked.")
            .text("user", "the user for whom it asked", Revoked::user)
            .text("name", "what it is called", Revoked::name)
            .word("state", List.of("revoked"), "`revoked`", revoked -> "revoked");

    /**
     * A token was revoked.
     *
     * @param user the user for whom it asked
     * @param name what it is called
     */
    public record Revoked(String user, String name) {}

    private TokenView() {}

    private static @Nullable List<String> texts(@Nullable Set<Permission> permissions) {
        return permissions == null
                ? null
                : permissions.stream().sorted().map(Permission::text).toList();
    }
}

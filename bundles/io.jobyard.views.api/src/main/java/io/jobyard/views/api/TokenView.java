// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.spi.access.Permission;
import io.jobyard.spi.identity.NewToken;
import io.jobyard.spi.identity.StoredToken;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Views of tokens, which programs use to act as a user. Only the view of a new token contains its secret. */
public final class TokenView {

    /** One token. */
    public static final View<StoredToken> TOKEN = View.<StoredToken>of(
                    "token", "A token, with which a program acts as a user.")
            .text("user", "user that the token acts as", StoredToken::owner)
            .text("name", "token name", StoredToken::name)
            .texts(
                    "permissions?",
                    "permissions of the token; null for all permissions of the user",
                    token -> texts(token.permissions()))
            .instant("createdAt", "time of creation", StoredToken::createdAt)
            .text("createdBy", "creator", StoredToken::createdBy)
            .instant(
                    "expiresAt?",
                    "time at which the token expires; null if it does not",
                    token -> token.life().expiresAt())
            .instant(
                    "usedAt?",
                    "time of the last use, to the minute; null if never used",
                    token -> token.life().usedAt())
            .instant(
                    "revokedAt?",
                    "time of the revocation; null if not revoked",
                    token -> token.life().revokedAt());

    /** All tokens that the caller may see. */
    public static final View<List<StoredToken>> TOKENS = View.<List<StoredToken>>of(
                    "tokens", "Tokens, including expired and revoked ones.")
            .list("tokens", TOKEN, "the tokens, by user and name", tokens -> tokens);

    /** A new token. */
    public static final View<NewToken> NEW_TOKEN = View.<NewToken>of("new token", "A new token.")
            .text("secret", "the secret that a program sends; it is shown only once", NewToken::secret)
            .one("token", TOKEN, "the token", NewToken::token);

    /** Confirmation of a revoked token. */
    public static final View<Revoked> REVOKED = View.<Revoked>of("revoked token", "Confirmation of a revoked token.")
            .text("user", "user that the token acted as", Revoked::user)
            .text("name", "token name", Revoked::name)
            .word("state", List.of("revoked"), "`revoked`", revoked -> "revoked");

    /**
     * A revoked token.
     *
     * @param user the user that the token acted as
     */
    public record Revoked(String user, String name) {}

    private TokenView() {}

    private static @Nullable List<String> texts(@Nullable Set<Permission> permissions) {
        return permissions == null
                ? null
                : permissions.stream().sorted().map(Permission::text).toList();
    }
}

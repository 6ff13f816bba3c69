// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import io.jobyard.spi.access.Permission;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A token, by which a program shows that it asks for a user. All instants are in whole microseconds.
 *
 * @param hash the SHA-256 of the secret, in hexadecimal digits
 * @param owner the user for whom it asks
 * @param name what it is called; no two of an owner have the same, also not after one is revoked
 * @param permissions what it is good for; null for all that its owner may do
 * @param createdAt when it was made
 * @param createdBy by whom
 */
public record StoredToken(
        String hash,
        String owner,
        String name,
        @Nullable Set<Permission> permissions,
        Instant createdAt,
        String createdBy,
        TokenLife life) {

    /**
     * How long a token is good, and what became of it.
     *
     * @param expiresAt from when on it is refused; null if it does not expire
     * @param usedAt when it was used last, to the minute; null if never
     * @param revokedAt since when it is refused; null if it was not revoked
     */
    public record TokenLife(
            @Nullable Instant expiresAt,
            @Nullable Instant usedAt,
            @Nullable Instant revokedAt) {}

    public StoredToken {
        permissions = permissions == null ? null : Set.copyOf(permissions);
    }

    /** Whether it is refused for its age, or because it was revoked. */
    public boolean isFinished(Instant now) {
        return life.revokedAt != null || life.expiresAt != null && !now.isBefore(life.expiresAt);
    }

    /** This token within the bounds of its maker: grants what both grant, and is over as soon as either is. */
    public StoredToken within(StoredToken maker) {
        TokenLife shorter = new TokenLife(
                earlier(life.expiresAt, maker.life.expiresAt),
                life.usedAt,
                earlier(life.revokedAt, maker.life.revokedAt));
        return with(common(maker.permissions), shorter);
    }

    /** This token, granting none but these permissions. */
    public StoredToken granting(Set<Permission> most) {
        return with(common(most), life);
    }

    /** The same with its last use. */
    public StoredToken used(Instant now) {
        return with(permissions, new TokenLife(life.expiresAt, now, life.revokedAt));
    }

    /** The same, revoked. */
    public StoredToken revoked(Instant now) {
        return with(permissions, new TokenLife(life.expiresAt, life.usedAt, now));
    }

    private StoredToken with(@Nullable Set<Permission> granted, TokenLife then) {
        return new StoredToken(hash, owner, name, granted, createdAt, createdBy, then);
    }

    private @Nullable Set<Permission> common(@Nullable Set<Permission> most) {
        if (permissions == null || most == null) {
            return permissions == null ? most : permissions;
        }
        return permissions.stream().filter(most::contains).collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}

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
 * @param expiresAt from when on it is refused; null if it does not expire
 * @param usedAt when it was used last, to the minute; null if never
 * @param revokedAt since when it is refused; null if it was not revoked
 */
public record StoredToken(
        String hash,
        String owner,
        String name,
        @Nullable Set<Permission> permissions,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant usedAt,
        @Nullable Instant revokedAt) {

    public StoredToken {
        permissions = permissions == null ? null : Set.copyOf(permissions);
    }

    /**
     * Whether it is refused for its age, or because it was revoked.
     *
     * @return true if it is good for nothing
     */
    public boolean isFinished(Instant now) {
        return revokedAt != null || expiresAt != null && !now.isBefore(expiresAt);
    }

    /**
     * This token within the bounds of another: grants what both grant, and is over as soon as either is.
     *
     * @param maker the other one, by which this one was made
     */
    public StoredToken within(StoredToken maker) {
        return new StoredToken(
                hash,
                owner,
                name,
                common(maker.permissions),
                createdAt,
                createdBy,
                earlier(expiresAt, maker.expiresAt),
                usedAt,
                earlier(revokedAt, maker.revokedAt));
    }

    /**
     * This token, granting none but certain permissions.
     *
     * @param most what it grants at most
     */
    public StoredToken granting(Set<Permission> most) {
        return new StoredToken(hash, owner, name, common(most), createdAt, createdBy, expiresAt, usedAt, revokedAt);
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

    /** The same, used once more. */
    public StoredToken used(Instant now) {
        return new StoredToken(hash, owner, name, permissions, createdAt, createdBy, expiresAt, now, revokedAt);
    }
}

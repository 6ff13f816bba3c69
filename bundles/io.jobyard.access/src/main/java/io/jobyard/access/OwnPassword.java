// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.AccessException;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.identity.StoredUser;
import io.jobyard.spi.store.Futures;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Change of a user's own password, which requires the current one. Guessing is throttled as at sign-in. */
final class OwnPassword {

    private static final String ACTION = "user-password";

    private final IdentityStore store;
    private final KnownIdentities known;
    private final Refusals refusals;
    private final Passwords passwords;
    private final FailedAttempts attempts;

    OwnPassword(
            IdentityStore store,
            KnownIdentities known,
            Refusals refusals,
            Passwords passwords,
            FailedAttempts attempts) {
        this.store = store;
        this.known = known;
        this.refusals = refusals;
        this.passwords = passwords;
        this.attempts = attempts;
    }

    void change(Caller caller, char[] old, char[] next, String address) {
        if (caller.kind() != Caller.CallerKind.USER || caller.behind() != null) {
            throw new ValidationException(caller.inFull()
                    + " has no password on this host: only a user can change a password, and only their own");
        }
        String position = RemoteOrigin.of(address);
        attempts.begin(caller.name(), position);
        boolean isRefused = false;
        try {
            Optional<StoredUser> user = Optional.ofNullable(known.user(caller.name()));
            boolean matches =
                    passwords.matches(old, user.map(StoredUser::password).orElse(passwords.decoy()));
            isRefused = !matches || user.isEmpty();
            if (isRefused) {
                throw refused(caller);
            }
            store(caller, user.get(), old, next, address);
        } finally {
            if (!isRefused) {
                attempts.forgive(caller.name(), position);
            }
        }
    }

    private AccessException refused(Caller caller) {
        refusals.refused(caller, caller.toString(), "change own password with a wrong password");
        return new AccessException("wrong password; enter your current password", ACTION);
    }

    private void store(Caller caller, StoredUser user, char[] old, char[] next, String address) {
        if (Arrays.equals(old, next)) {
            throw new ValidationException("invalid new password: it is the current password; use another password");
        }
        Instant now = known.now();
        StoredUser changed = user.withPassword(passwords.hash(next), now);
        String detail = "own password, from " + RemoteOrigin.shown(address);
        if (!Futures.join(
                store.changeUser(changed, new AuditEntry(now, caller.inFull(), ACTION, user.name(), detail)))) {
            throw new StateConflictException(
                    "another request is changing " + caller + "; check which password is valid, and try again");
        }
        known.changed();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.doubles.FakeConfigurationAdmin;
import io.jobyard.doubles.FakeInstance;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.identity.Identities;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.identity.PasswordHash;
import io.jobyard.spi.identity.StoredSession;
import io.jobyard.spi.identity.StoredToken;
import io.jobyard.spi.identity.StoredUser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The host's own users, tokens and sessions, without roles; a test adds some without asking anybody. */
public final class IdentitiesFixture {

    /** Asks that access for every call. */
    public final Identities service;

    private final IdentityStore store;
    private final Instant now;

    /** Has the users ann, who has all permissions by a role, and bea. */
    public IdentitiesFixture(IdentityStore store, Access access, Clock clock) {
        this.store = store;
        now = clock.instant();
        BundleContext context = Stub.<BundleContext>of(BundleContext.class)
                .with("getBundles", new Bundle[0])
                .with("addBundleListener", null)
                .get();
        try {
            RoleRegistry roles = new RoleRegistry(
                    context,
                    new AccessSettingsComponent(new FakeInstance(Path.of("none")), Map.of()),
                    new StrayConfigurations(new FakeConfigurationAdmin().service()));
            RolesFixture.addAdministrators(roles, "user:ann");
            Passwords quick = new Passwords(1_000, 2, Duration.ofSeconds(10), clock::instant);
            service = new UserAdministration(store, new KnownIdentities(store, clock), access, roles, quick);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        addUser("ann");
        addUser("bea");
        addToken("ann", "test"); // that of callers whose scope is named so: a token is made by one that is stored
    }

    /** Its name. */
    public String addUser(String name) {
        store.addUser(new StoredUser(name, 1, new PasswordHash(1, "", ""), now, "test", now, null), entry(name))
                .join();
        return name;
    }

    /** One that is good for all that its owner may do. */
    public void addToken(String owner, String name) {
        addToken(owner, name, null);
    }

    /** Null for all that its owner may do. */
    public void addToken(String owner, String name, @Nullable Set<Permission> permissions) {
        store.addToken(
                        new StoredToken(
                                owner + name,
                                owner,
                                name,
                                permissions,
                                now,
                                "test",
                                new StoredToken.TokenLife(null, null, null)),
                        entry(name))
                .join();
    }

    /** Its id. */
    public String addSession(String user, int number) {
        StoredSession session = new StoredSession(
                String.format("%012x%052x", number, 0), Caller.CallerKind.USER, user, 1, "127.0.0.1", now, now);
        store.addSession(session, entry(user)).join();
        return session.id();
    }

    private AuditEntry entry(String what) {
        return new AuditEntry(now, "test", "add", what, "");
    }
}

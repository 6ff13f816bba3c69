// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import io.jobyard.api.spi.Glob;
import io.jobyard.settings.api.SettingsReader;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checked values of {@code io.jobyard.secrets-NAME}: all of them must match.
 *
 * @param secrets which secrets it is for
 * @param types the types of the jobs that may use them
 * @param bundles the symbolic names of the bundles whose handlers may get them
 * @param roles the roles of which the submitter has one; null if anybody's job may use them
 */
record PolicySettings(
        List<Glob> secrets,
        List<Glob> types,
        List<Glob> bundles,
        @Nullable List<Glob> roles) {

    /** A policy that was never good. */
    static final PolicySettings NOTHING = new PolicySettings(List.of(), List.of(), List.of(), List.of());

    private static final List<Glob> ANY = Glob.list("*");

    static PolicySettings read(SettingsReader reader) {
        List<Glob> secrets = globs(reader, "secrets");
        if (!reader.has("secrets")) {
            reader.refuse("secrets is missing: name those it is for, such as secrets = openai,mail_*");
        }
        List<Glob> types = globs(reader, "types");
        List<Glob> bundles = globs(reader, "bundles");
        boolean anybody = !reader.has("roles");
        List<Glob> roles = globs(reader, "roles");
        return new PolicySettings(secrets, types, bundles, anybody ? null : roles);
    }

    /** Refuses an empty key: it could mean all or none. */
    private static List<Glob> globs(SettingsReader reader, String key) {
        if (reader.has(key) && reader.text(key, "").isEmpty()) {
            reader.refuse(key + " is empty: name some, with * for any characters, or leave the key out");
        }
        return reader.value(key, ANY, Glob::list);
    }

    boolean allows(SecretUse use) {
        return matches(secrets, use.secret())
                && matches(types, use.type())
                && matches(bundles, use.bundle())
                && (roles == null || use.roles().stream().anyMatch(role -> matches(roles, role)));
    }

    private static boolean matches(Collection<Glob> globs, String name) {
        return Glob.anyMatches(globs, name);
    }

    @Override
    public String toString() {
        if (secrets.isEmpty()) {
            return "a policy that allows nothing";
        }
        return "secrets = " + text(secrets) + ", types = " + text(types) + ", bundles = " + text(bundles)
                + (roles == null ? "" : ", roles = " + text(roles));
    }

    private static String text(List<Glob> globs) {
        return globs.stream().map(Glob::text).collect(Collectors.joining(","));
    }
}

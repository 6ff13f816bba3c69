// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import io.jobyard.settings.api.Origin;
import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.text.Glob;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checked values of {@code io.jobyard.secrets-NAME}. All of them must match.
 *
 * @param types the types of the jobs that may use the secrets
 * @param bundles the symbolic names of the bundles whose handlers may get the secrets
 * @param roles the roles of which the submitter must have one; null for any submitter
 * @param origins the origins to which the secrets may be sent, or to which requests may be signed; null for none
 */
record PolicySettings(
        List<Glob> secrets,
        List<Glob> types,
        List<Glob> bundles,
        @Nullable List<Glob> roles,
        Set<SecretPurpose> uses,
        @Nullable List<Origin> origins) {

    /** A policy that was never valid. */
    static final PolicySettings NOTHING =
            new PolicySettings(List.of(), List.of(), List.of(), List.of(), Set.of(), null);

    private static final List<Glob> ANY = Glob.list("*");

    static PolicySettings read(SettingsReader reader) {
        List<Glob> secrets = globs(reader, "secrets");
        if (!reader.has("secrets")) {
            reader.refuse(
                    "secrets is missing: name the secrets that the policy allows, for example secrets = openai,mail_*");
        }
        List<Glob> types = globs(reader, "types");
        List<Glob> bundles = globs(reader, "bundles");
        boolean anybody = !reader.has("roles");
        List<Glob> roles = globs(reader, "roles");
        Set<SecretPurpose> uses = reader.value("uses", EnumSet.of(SecretPurpose.FIELD), SecretPurpose::list);
        List<Origin> origins = reader.optional("origins", Origin::list);
        if (!reader.has("origins") && uses.stream().anyMatch(SecretPurpose::needsOrigin)) {
            reader.refuse("origins is missing: uses = header and uses = sign require origins, for example"
                    + " origins = https://api.example.com");
        }
        return new PolicySettings(secrets, types, bundles, anybody ? null : roles, uses, origins);
    }

    private static List<Glob> globs(SettingsReader reader, String key) {
        return reader.value(key, ANY, Glob::list);
    }

    boolean allows(SecretUse use) {
        return matches(secrets, use.secret())
                && matches(types, use.type())
                && matches(bundles, use.bundle())
                && uses.contains(use.purpose())
                && isFor(use.destination())
                && (roles == null || use.roles().stream().anyMatch(role -> matches(roles, role)));
    }

    /**
     * Returns whether the policy covers a destination. Refuses if the policy names origins and the destination is
     * unknown.
     */
    private boolean isFor(@Nullable Origin destination) {
        return origins == null || destination != null && origins.stream().anyMatch(each -> each.matches(destination));
    }

    private static boolean matches(Collection<Glob> globs, String name) {
        return Glob.anyMatches(globs, name);
    }

    @Override
    public String toString() {
        if (secrets.isEmpty()) {
            return "a policy without secrets";
        }
        return "secrets = " + text(secrets) + ", types = " + text(types) + ", bundles = " + text(bundles)
                + (roles == null ? "" : ", roles = " + text(roles))
                + ", uses = " + uses.stream().map(SecretPurpose::text).collect(Collectors.joining(","))
                + (origins == null
                        ? ""
                        : ", origins = "
                                + origins.stream().map(Origin::toString).collect(Collectors.joining(",")));
    }

    private static String text(List<Glob> globs) {
        return globs.stream().map(Glob::text).collect(Collectors.joining(","));
    }
}

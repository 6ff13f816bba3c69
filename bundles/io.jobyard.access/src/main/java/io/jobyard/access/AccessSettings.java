// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.text.Glob;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Checked values of {@code io.jobyard.access}.
 *
 * @param unlistedBundlesMayAll whether a bundle that no role lists has all permissions, or none
 * @param programBundles the symbolic names of bundles that count as the program's own
 */
record AccessSettings(boolean unlistedBundlesMayAll, List<Glob> programBundles) {

    static final String PID = "io.jobyard.access";
    static final String ALL = "all";
    private static final String NONE = "none";

    static final AccessSettings CLOSED = new AccessSettings(false, List.of());

    static AccessSettings read(SettingsReader reader) {
        return new AccessSettings(
                reader.value("bundles.default", true, AccessSettings::isAll),
                reader.value("program.bundles", List.of(), Glob::list));
    }

    private static boolean isAll(String text) {
        if (text.equals(ALL) || text.equals(NONE)) {
            return text.equals(ALL);
        }
        throw new IllegalArgumentException("use all or none");
    }

    @Override
    public String toString() {
        String more = programBundles.stream().map(Glob::text).collect(Collectors.joining(", "));
        return "bundles.default = " + (unlistedBundlesMayAll ? ALL : NONE) + ", program.bundles = "
                + (more.isEmpty() ? NONE : more);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.settings.api.SettingsReader;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * Checked values of {@code io.jobyard.types-NAME}.
 *
 * @param versions what a handler's version must be in
 * @param fault why none may run; null if the configuration is good
 */
record TypePin(VersionRange versions, @Nullable String fault) {

    static final String FACTORY = "io.jobyard.types";

    private static final String USE = "use an OSGi version range such as [1.2,2), or 1.2 for that or higher";
    private static final VersionRange ANY = new VersionRange("0");

    static TypePin read(SettingsReader reader) {
        VersionRange versions = reader.<@Nullable VersionRange>value("versions", null, TypePin::range);
        if (reader.text("versions", "").isEmpty()) {
            reader.refuse("versions is missing: " + USE);
        }
        return new TypePin(versions == null ? ANY : versions, null);
    }

    /** One that was never right: which version is meant is not known, so none runs. */
    static TypePin shut(String fault) {
        return new TypePin(ANY, fault);
    }

    boolean allows(Version version) {
        return fault == null && versions.includes(version);
    }

    private static VersionRange range(String text) {
        VersionRange range;
        try {
            range = new VersionRange(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(USE, e);
        }
        if (range.isEmpty()) {
            throw new IllegalArgumentException("no version can be in it; " + USE);
        }
        return range;
    }

    @Override
    public String toString() {
        return fault == null ? "versions = " + versions : "no version";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * Bundles of the program: the framework, bundles that the launcher installs from the program's directory and, in
 * Karaf, bundles of Jobyard's features. All other bundles were added by users.
 */
final class ProgramBundles {

    private static final List<String> OF_FEATURES = List.of("mvn:io.jobyard/", "mvn:org.apache.aries.jpa/");
    private static final String REFERENCE = "reference:";

    private final @Nullable String directory;

    ProgramBundles(BundleContext context) {
        this(context.getProperty("jobyard.home"));
    }

    /** Creates the list; {@code home} is null unless the whole program was unpacked. */
    ProgramBundles(@Nullable String home) {
        directory =
                home == null ? null : directory(Path.of(home).toAbsolutePath().normalize());
    }

    /** Returns the URI as the launcher writes it, whether or not the directory exists. */
    private static String directory(Path home) {
        String uri = home.resolve("bundles").toUri().toString();
        return uri + (uri.endsWith("/") ? "" : "/");
    }

    boolean has(Bundle bundle) {
        return bundle.getBundleId() == Constants.SYSTEM_BUNDLE_ID || has(bundle.getLocation());
    }

    boolean has(String location) {
        if (directory == null) {
            return OF_FEATURES.stream().anyMatch(location::startsWith);
        }
        String file = location.startsWith(REFERENCE) ? location.substring(REFERENCE.length()) : location;
        return file.startsWith(directory);
    }
}

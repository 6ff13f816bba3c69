// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;

/** The program's bundles: {@code bundles/LEVEL/*.jar}. The directory's name is the start level. */
final class BundleList {

    private final Path directory;

    BundleList(Path directory) {
        this.directory = directory;
    }

    /** Installs all bundles and marks them as started, each at its level. */
    void install(BundleContext context) throws IOException, BundleException {
        for (Path level : sorted(directory)) {
            int startLevel = Integer.parseInt(level.getFileName().toString());
            for (Path jar : sorted(level)) {
                // By reference: the jar is read in place, and a jar that was replaced is seen at the next start.
                Bundle bundle = context.installBundle("reference:" + jar.toUri());
                bundle.adapt(BundleStartLevel.class).setStartLevel(startLevel);
                if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
                    bundle.start(Bundle.START_ACTIVATION_POLICY);
                }
            }
        }
    }

    private static List<Path> sorted(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        }
    }
}

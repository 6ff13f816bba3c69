// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.api.spi.LastGood;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes at the start what was read from files that are gone: Config Admin keeps it, and File Install does not know the
 * files of an earlier life. This bundle's start level is lower than that of those who are configured.
 */
@Component(service = {})
public final class GoneFiles {

    /** Where File Install says which file a configuration came from. */
    private static final String FILE_NAME = "felix.fileinstall.filename";

    private static final Logger LOG = LoggerFactory.getLogger(GoneFiles.class);

    @Activate
    public GoneFiles(BundleContext context, @Reference ConfigurationAdmin admin)
            throws IOException, InvalidSyntaxException {
        Configuration[] fromFiles = admin.listConfigurations("(" + FILE_NAME + "=*)");
        if (fromFiles == null || context.getProperty("jobyard.instance") == null) {
            return; // in another host the files are its own matter
        }
        for (Configuration each : fromFiles) {
            Path file = file(each);
            if (file != null && Files.notExists(file)) {
                LOG.info("{}: its file {} is gone, and with it the configuration", each.getPid(), file);
                each.delete();
                LastGood.of(context, each.getPid()).forget();
            }
        }
    }

    /** Null if the configuration's source is none that can be looked for. */
    private static @Nullable Path file(Configuration configuration) {
        String name = String.valueOf(configuration.getProperties().get(FILE_NAME));
        return name.startsWith("file:/") ? Path.of(URI.create(name)) : null;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.apache.felix.fileinstall.ArtifactUrlTransformer;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the jars that are no bundles; File Install passes them by in silence. It takes none of them: File Install asks
 * about such a file at each scan, and so sees at once when a bundle stands in its place.
 */
@Component(service = ArtifactUrlTransformer.class)
public final class PlainJars implements ArtifactUrlTransformer {

    private static final Logger LOG = LoggerFactory.getLogger(PlainJars.class);

    private final Map<File, Long> told = new ConcurrentHashMap<>();

    @Override
    public boolean canHandle(File file) {
        if (file.getName().endsWith(".jar") && !isBundle(file)) {
            Long modified = file.lastModified();
            if (!modified.equals(told.put(file, modified))) {
                LOG.warn(
                        "{}/{} is no bundle: it has no manifest with a Bundle-SymbolicName. "
                                + "Build it with bnd-maven-plugin, or take it away",
                        file.getParentFile().getName(),
                        file.getName());
            }
        }
        return false;
    }

    @Override
    public URL transform(URL artifact) {
        return artifact;
    }

    private static boolean isBundle(File file) {
        try (JarFile jar = new JarFile(file)) {
            Manifest manifest = jar.getManifest();
            return manifest != null && manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME) != null;
        } catch (IOException e) {
            LOG.debug("{} cannot be read as a jar", file, e);
            return false;
        }
    }
}

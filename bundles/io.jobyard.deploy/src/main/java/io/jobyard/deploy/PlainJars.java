// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.io.File;
import java.io.IOException;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the jars that are no bundles, and tells why they are of no use; File Install alone would pass them by. */
@Component(service = ArtifactInstaller.class)
public final class PlainJars implements ArtifactInstaller {

    private static final Logger LOG = LoggerFactory.getLogger(PlainJars.class);

    @Override
    public boolean canHandle(File file) {
        return file.getName().endsWith(".jar") && !isBundle(file);
    }

    @Override
    public void install(File file) {
        String place = file.getParentFile().getName() + "/" + file.getName();
        LOG.warn(
                "{} is not a bundle: its manifest has no Bundle-SymbolicName. Build it with bnd-maven-plugin, or take it away",
                place);
    }

    @Override
    public void update(File file) {
        install(file);
    }

    @Override
    public void uninstall(File file) {
        LOG.debug("{} was not in use", file);
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

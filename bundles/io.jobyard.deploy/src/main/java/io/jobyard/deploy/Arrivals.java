// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.io.File;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of each bundle from {@code deploy/} that comes or goes. */
@Component(service = {})
public final class Arrivals implements BundleListener {

    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    private final BundleContext context;
    private final String directory;

    @Activate
    public Arrivals(BundleContext context) {
        this.context = context;
        this.directory = new File(context.getProperty("jobyard.instance"), "deploy")
                .toURI()
                .toString();
        context.addBundleListener(this);
    }

    @Deactivate
    public void stop() {
        context.removeBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (!bundle.getLocation().startsWith(directory)) {
            return;
        }
        String file = bundle.getLocation().substring(directory.length());
        if (event.getType() == BundleEvent.STARTED) {
            LOG.info("deploy/{}: {} {} is in use", file, bundle.getSymbolicName(), bundle.getVersion());
        } else if (event.getType() == BundleEvent.UNINSTALLED) {
            LOG.info("deploy/{}: {} {} is gone", file, bundle.getSymbolicName(), bundle.getVersion());
        }
    }
}

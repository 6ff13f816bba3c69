// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Provides the protocol to its transports. */
@Component(service = McpHost.class)
public final class McpHost {

    private final McpProtocol protocol;

    @Activate
    public McpHost(BundleContext context, @Reference McpServices services, @Reference McpSettingsComponent settings) {
        this(new McpProtocol(
                services, settings::current, context.getBundle().getVersion().toString()));
    }

    McpHost(McpProtocol protocol) {
        this.protocol = protocol;
    }

    McpProtocol protocol() {
        return protocol;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContext;

/** Context of all servlets of this host. {@link WebGuard} has already identified the caller. */
@Component(service = ServletContextHelper.class)
@HttpWhiteboardContext(name = WebContext.NAME, path = "/")
public final class WebContext extends ServletContextHelper {

    static final String NAME = "io.jobyard";
    static final String SELECT = "(osgi.http.whiteboard.context.name=" + NAME + ")";
}

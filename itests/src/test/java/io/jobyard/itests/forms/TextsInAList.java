// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.forms;

import io.jobyard.api.handler.MigratesJob;
import io.jobyard.api.handler.PayloadMigrator;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Since 2.0 a payload has a list of texts. */
@Component
@MigratesJob(type = "forms", from = "[1,2)", to = "2.0.0")
public final class TextsInAList implements PayloadMigrator {

    @Override
    public Map<String, Object> migrate(Map<String, Object> payload) {
        payload.put("texts", List.of(payload.remove("text")));
        return payload;
    }
}

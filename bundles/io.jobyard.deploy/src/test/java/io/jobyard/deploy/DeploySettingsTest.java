// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.settings.api.SettingsReader;
import io.jobyard.testkit.settings.SettingsConformance;
import java.util.List;

class DeploySettingsTest implements SettingsConformance {

    @Override
    public List<NumberKey> design() {
        return List.of(new NumberKey("deploy.timeout.seconds", 30, 1, 600));
    }

    @Override
    public Object read(SettingsReader reader) {
        return DeploySettings.read(reader);
    }

    @Override
    public Class<?> metatype() {
        return DeployConfiguration.class;
    }
}

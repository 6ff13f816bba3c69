// SPDX-License-Identifier: Apache-2.0
package com.example.shop;

import io.jobyard.client.JobyardClient;
import java.net.URI;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
@EnableConfigurationProperties(ShopApplication.Jobyard.class)
public class ShopApplication {

    @ConfigurationProperties("jobyard")
    record Jobyard(URI url, Path tokenFile) {}

    @Bean
    JobyardClient jobs(Jobyard host) {
        return JobyardClient.builder(host.url()).tokenFile(host.tokenFile()).build();
    }

    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }
}

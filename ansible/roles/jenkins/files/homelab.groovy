// Runs at every start of Jenkins: the declared administrator exists with the declared password, anonymous visitors read
// nothing, and Jenkins knows its address and where agents come in. A security realm or a strategy that somebody chose by hand stays.
import hudson.security.AuthorizationStrategy
import hudson.security.FullControlOnceLoggedInAuthorizationStrategy
import hudson.security.HudsonPrivateSecurityRealm
import hudson.security.SecurityRealm
import jenkins.model.Jenkins
import jenkins.model.JenkinsLocationConfiguration

def jenkins = Jenkins.get()
def name = System.getenv('HOMELAB_ADMIN_USER')
def password = System.getenv('HOMELAB_ADMIN_PASSWORD')

if (jenkins.securityRealm == SecurityRealm.NO_AUTHENTICATION) {
  jenkins.securityRealm = new HudsonPrivateSecurityRealm(false)
}
if (jenkins.securityRealm instanceof HudsonPrivateSecurityRealm) {
  def user = jenkins.securityRealm.allUsers.find { it.id == name }
  if (user == null) {
    jenkins.securityRealm.createAccount(name, password)
  } else if (!user.getProperty(HudsonPrivateSecurityRealm.Details).isPasswordCorrect(password)) {
    user.addProperty(HudsonPrivateSecurityRealm.Details.fromPlainPassword(password))
  }
}
if (jenkins.authorizationStrategy == AuthorizationStrategy.UNSECURED) {
  def strategy = new FullControlOnceLoggedInAuthorizationStrategy()
  strategy.allowAnonymousRead = false
  jenkins.authorizationStrategy = strategy
}
jenkins.slaveAgentPort = System.getenv('HOMELAB_AGENT_PORT') as int
JenkinsLocationConfiguration.get().url = System.getenv('HOMELAB_URL')
jenkins.save()

# Runs printer2mqtt at each start of Windows, before anybody logs in, by a scheduled task that needs no other program:
#   powershell -ExecutionPolicy Bypass -File install-service.ps1
# Configuration, database and log are in %ProgramData%\printer2mqtt. Run it again after a new version was extracted.
#Requires -Version 5.1
#Requires -RunAsAdministrator
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$task = 'printer2mqtt'
$launcher = Join-Path $PSScriptRoot 'printer2mqtt.cmd'
$data = Join-Path $env:ProgramData 'printer2mqtt'
$config = Join-Path $data 'config.json'
$log = Join-Path $data 'printer2mqtt.log'

if (-not (Test-Path $launcher)) { throw "no $launcher; extract the whole archive" }
# The service has the PATH of the system, not that of this user.
$java = [Environment]::GetEnvironmentVariable('JAVA_HOME', 'Machine')
if (-not $java) {
  $found = [Environment]::GetEnvironmentVariable('Path', 'Machine').Split(';') |
    Where-Object { $_ -and (Test-Path (Join-Path $_ 'java.exe')) }
  if (-not $found) { throw 'no Java for all users: install Java 17 or later for all users, or set the system variable JAVA_HOME' }
}

& (Join-Path $PSScriptRoot 'uninstall-service.ps1')
New-Item -ItemType Directory -Force $data | Out-Null
# Administrators, the system and the account of the service only: the folder has the key of the credentials.
& icacls $data /inheritance:r /grant '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-18:(OI)(CI)F' '*S-1-5-19:(OI)(CI)M' | Out-Null
if (-not (Test-Path $config)) {
  $settings = @{ database = @{ path = (Join-Path $data 'printer2mqtt.db') } } | ConvertTo-Json
  [IO.File]::WriteAllText($config, $settings)
}

$command = "/d /c `"`"$launcher`" run --config `"$config`" >`"$log`" 2>&1`""
$action = New-ScheduledTaskAction -Execute 'cmd.exe' -Argument $command -WorkingDirectory $data
$trigger = New-ScheduledTaskTrigger -AtStartup
# NT AUTHORITY\LOCAL SERVICE, which has few rights on this computer and none on others.
$principal = New-ScheduledTaskPrincipal -UserId 'S-1-5-19' -LogonType ServiceAccount
$settings = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::Zero) -RestartCount 999 `
  -RestartInterval (New-TimeSpan -Minutes 1) -MultipleInstances IgnoreNew -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
Register-ScheduledTask -TaskName $task -Action $action -Trigger $trigger -Principal $principal -Settings $settings | Out-Null
Start-ScheduledTask -TaskName $task
Write-Output "printer2mqtt runs as a scheduled task. Page: http://127.0.0.1:8080/  Configuration: $config  Log: $log"
